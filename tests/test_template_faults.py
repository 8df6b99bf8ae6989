"""A template that is wrong, hostile or endless gives a problem at its line; pictures that are wrong give one at theirs."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from support import codes, example, finding, load, picture, put_together, submission
from test_assemble import assembled, rendered, words

from shadowgen.diagnostics import Origin
from shadowgen.nodes import Figure, plain_text, walk

TEMPLATE = "templates/shadow-report.md.j2"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{% for x in %}", "xpected"),
        ("{% if sections %}", "endif"),
        ("{{ submission.title", "end of"),
        ("{% nonsense %}", "nonsense"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ nobody.title }}", "'nobody' is undefined"),
        ("{{ submission.colour }}", "colour"),
        ("{{ sections[99].title }}", "99"),
        ("{{ word('nonsense') }}", "nonsense"),
        ("{{ sections|nonsense }}", "nonsense"),
        ("{{ section() }}", "section"),
        ("{{ section('entry-bans') }}", "str"),
        ("{{ section(submission) }}", "report"),
        ("{{ recommendation(commitments) }}", ""),
        ("{{ 1 / 0 }}", "zero"),
        ("{{ sections }}", "print words"),
        ("{{ 2 ** 3 }}", "**"),
        ("{{ 'a' * 3 }}", "*"),
        ("{{ '%s' % 3 }}", "%"),
        ("{% include 'open-letter.md.j2' %}", ""),
        ("{% extends 'open-letter.md.j2' %}", ""),
        ("{% import 'open-letter.md.j2' as other %}", ""),
        ("{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}", "recursion"),
    ],
)
def test_fault_of_a_template_names_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    document, problems = rendered(tmp_path, f"# One\n\nTwo\n\n{line}\n")
    assert [(problem.rule.name, problem.origin.file) for problem in problems] == [("template-error", TEMPLATE)]
    assert problems[0].origin.line in (5, 6)  # what is never closed is found missing at the end
    assert says in problems[0].message
    assert document.blocks == ()


@pytest.mark.parametrize(
    "call",
    [
        "part(5)",
        "part(sections)",
        "part(none)",
        "cover(5)",
        "cover('nonsense')",
        "table_of_contents('x')",
        "group(submission, 'x')",
        "group(submission, 9)",
        "section(sections[0], 'x')",
        "section(sections[0], 0)",
        "asks(sections[0], style='nonsense')",
        "recommendation(commitments[0])",
        "word(1)",
    ],
)
def test_function_called_with_nonsense_is_an_error_of_the_template(tmp_path: Path, call: str) -> None:
    files = {**example(), TEMPLATE: "# One\n\n{{ " + call + " }}\n"}
    _, problems = put_together(tmp_path, files)
    assert [(problem.rule.name, problem.origin) for problem in problems if problem.is_error] == [("template-error", Origin(TEMPLATE, 3))]


def test_fault_inside_a_loop_names_the_line_of_the_fault(tmp_path: Path) -> None:
    _, problems = rendered(tmp_path, "# One\n{% for one in sections %}\n{{ one.title }}\n\n{{ one.colour }}\n{% endfor %}\n")
    assert [problem.origin for problem in problems] == [Origin(TEMPLATE, 5)]


def test_prose_of_a_template_is_checked_like_any_prose(tmp_path: Path) -> None:
    document, problems = rendered(tmp_path, "# One\n\nWords [@co-1].\n\n```\ncode\n```\n")
    assert codes(problems) == ["unsupported-prose"]
    assert problems[0].origin.file == TEMPLATE
    assert words(document) == "OneWords ."


def test_bytes_that_are_no_text_are_not_fatal(tmp_path: Path) -> None:
    _, problems = assembled(tmp_path, {**example(), TEMPLATE: b"# One \xff\xfe\x00\n\n{{ nobody }}\n"})
    assert {problem.origin.file for problem in problems} == {TEMPLATE}


@pytest.mark.parametrize("mark", ["\ufdd0", "\ufdd00\ufdd1", "\ufdd0999\ufdd1", "# \ufdd0999\ufdd1", "\ufdd1\ufdd0"])
def test_mark_that_looks_like_a_placed_node_is_refused(tmp_path: Path, mark: str) -> None:
    _, problems = rendered(tmp_path, f"# One\n\n{mark}\n")
    assert codes([problem for problem in problems if problem.is_error]) != []


# ---------------------------------------------------------------- the sandbox

ESCAPES = [
    "''.__class__.__mro__[1].__subclasses__()",
    "''['__class__']",
    "().__class__.__base__",
    "word.__globals__",
    "word.__func__.__globals__['re']",
    "word.__self__._stage.library",
    "section._stage",
    "cover().__class__",
    "submission.__init__.__globals__",
    "sections.__iter__().__class__",
    "self.__init__.__globals__",
    "self._TemplateReference__context",
    "cycler.__init__.__globals__.os.popen('id').read()",
    "lipsum.__globals__['os']",
    "namespace()",
    "range(10)",
    "dict(a=1).__class__",
    "joiner()",
    "''|attr('__class__')",
    "sections|map(attribute='__class__')|list|first",
    "sections|map('attr', '__class__')|list",
    "sections|groupby('__class__')|first",
    "(sections|sort(attribute='__class__.__name__')|first).title",
    "'{0.__class__}'.format(word)",
    "'{0.__class__}'.format_map({'0': word})",
    "''.join.__self__",
    "[].append(1)",
    "{'a': 1}.update({'b': 2})",
    "none.__class__",
    "loop.__init__",
    "caller()",
    "config",
    "request.application",
    "get_flashed_messages.__globals__",
    "word.__code__.co_consts",
    "section(sections[0]).nodes.__class__",
    "sections.sort()",
    "varargs",
    "(section(sections[0]).nodes|map(attribute='origin.__class__')|list)[0]",
    "sections|selectattr('__class__')|list|length",
]


@pytest.mark.parametrize("trick", ESCAPES)
def test_no_escape_from_the_sandbox(tmp_path: Path, trick: str) -> None:
    document, problems = rendered(tmp_path, "{{ " + trick + " }}\n")
    assert [(problem.rule.name, problem.origin) for problem in problems] == [("template-error", Origin(TEMPLATE, 1))]
    assert document.blocks == ()


@pytest.mark.parametrize(
    "block",
    [
        "{% do word.__globals__.clear() %}",
        "{% set x = word.__globals__ %}{{ x }}",
        "{% do submission.__setattr__('id', 'x') %}",
        "{% for one in range(3) %}x{% endfor %}",
        "{% set x = lipsum() %}x",
    ],
)
def test_no_escape_through_a_block(tmp_path: Path, block: str) -> None:
    _, problems = rendered(tmp_path, block)
    assert codes(problems) == ["template-error"]


def test_placed_nodes_hold_nothing_of_another_audience(tmp_path: Path) -> None:
    """A template may look into what it placed; that is the reader's part of one section, and no more."""
    document, problems = rendered(tmp_path, "{% set placed = section(sections[0]) %}{{ placed }}\n")
    assert problems == []
    assert "name of the officer" not in repr(document)


@pytest.mark.parametrize(
    "filter", ["random", "pprint", "tojson", "urlize", "attr('title')", "center(9)", "format(1)", "xmlattr", "upper", "safe"]
)
def test_no_filter_but_those_that_are_named(tmp_path: Path, filter: str) -> None:
    """One swells, one is decided by chance, one marks words as safe: a template has the few that a report needs."""
    _, problems = rendered(tmp_path, "{{ ['a']|" + filter + " }}")
    assert codes(problems) == ["template-error"] and "No filter named" in problems[0].message


# ---------------------------------------------------------------- endless templates

BOMBS = {
    "doubling": "{% set x = 'aaaaaaaaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}",
    "adding": "{% set x = 'aaaaaaaaaaaaaaaa' %}" + "{% set x = x + x %}" * 40 + "{{ x }}",
    "lists": "{% set x = [1, 2, 3, 4] %}" + "{% set x = x + x %}" * 40 + "{{ x|length }}",
    "joining": "{% set x = 'aaaaaaaaaaaaaaaa' %}" + "{% set x = [x, x, x, x, x, x, x, x]|join %}" * 14 + "{{ x }}",
    "padding": "{{ 'a'.ljust(99999999999) }}",
    "centring": "{{ 'a'.center(3000000000) }}",
    "formatting": "{{ '{:>9999999999}'.format(1) }}",
    "nesting": "".join(f"{{% for a{level} in 'aaaaaaaaaaaaaaaaaaaaaaaa' %}}" for level in range(12)) + "{% endfor %}" * 12,
    "printing": "".join(f"{{% for a{level} in 'aaaaaaaaaaaaaaaaaaaaaaaa' %}}" for level in range(8)) + "words" + "{% endfor %}" * 8,
    "multiplying": "{% set x = 9999999999 %}" + "{% set x = x * x %}" * 40 + "{{ x }}",
    "recursing": "{% for one in sections recursive %}{{ loop(sections) }}{% endfor %}",
}

_LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
sys.path.insert(0, sys.argv[1])
from test_assemble import rendered
_, problems = rendered(Path(sys.argv[2]), sys.stdin.read())
print(*(problem.rule.name for problem in problems))
"""


@pytest.mark.parametrize("name", BOMBS)
def test_endless_template_is_stopped(tmp_path: Path, name: str) -> None:
    """Within 2 GB of memory and 20 seconds of computing, where an honest template needs a hundredth of both."""
    command = [sys.executable, "-c", _LIMITED, str(Path(__file__).parent), str(tmp_path)]
    done = subprocess.run(command, input=BOMBS[name], capture_output=True, text=True, timeout=240)
    assert (done.returncode, done.stdout.strip()) == (0, "template-error"), done.stderr[-300:]


@pytest.mark.parametrize(
    ("bound", "least", "text"),
    [
        ("SECONDS", 0.03, "".join(f"{{% for a{level} in 'aaaaaaaaaaaaaaaaaaaaaaaa' %}}" for level in range(5)) + "{% endfor %}" * 5),
        ("MEMORY", 60_000_000, "{% set x = 'aaaaaaaaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 23 + "{{ x|length }}"),  # 134 MB at the end
    ],
)
def test_a_template_has_its_time_and_its_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, least: float, text: str
) -> None:
    """What ends well with the usual bound is stopped by a smaller one."""
    assert rendered(tmp_path / "usual", text)[1] == []
    monkeypatch.setattr(f"shadowgen.template.{bound}", least)
    _, problems = rendered(tmp_path / "small", text)
    assert codes(problems) == ["template-error"] and "time, memory or paper" in problems[0].message


# ---------------------------------------------------------------- pictures


def with_picture(name: str, data: bytes | None) -> dict:
    folder = "sections/articles/iccpr/19"
    body = f'Words.\n\n![What it shows]({name} "Caption")'
    return {
        f"{folder}/one.yaml": finding(body),
        "submissions/report.yaml": submission(),
        **({f"{folder}/{Path(name).name}": data} if data is not None else {}),
    }


@pytest.mark.parametrize(
    ("name", "form", "start"), [("a.png", "PNG", b"\x89PNG"), ("a.jpg", "JPEG", b"\xff\xd8"), ("a.JPEG", "JPEG", b"\xff\xd8")]
)
def test_picture_is_taken_in_without_its_metadata(tmp_path: Path, name: str, form: str, start: bytes) -> None:
    raw = picture(form, comment="SENTINEL", name="SENTINEL")
    assert raw.count(b"SENTINEL") == 3
    document, problems = assembled(tmp_path, with_picture(name, raw))
    figure = next(node for node in walk(document.blocks) if isinstance(node, Figure))
    assert problems == []
    assert (figure.alt, figure.file, figure.data[: len(start)]) == ("What it shows", "", start)
    assert b"SENTINEL" not in figure.data


def test_picture_keeps_its_pixels(tmp_path: Path) -> None:
    from PIL import Image

    document, _ = assembled(tmp_path, with_picture("a.png", picture()))
    figure = next(node for node in walk(document.blocks) if isinstance(node, Figure))
    with Image.open(io.BytesIO(figure.data)) as found, Image.open(io.BytesIO(picture())) as given:
        assert (found.size, found.getpixel((3, 3))) == (given.size, given.getpixel((3, 3)))


@pytest.mark.parametrize("data", [None, b"", b"not a picture", picture()[:40], b"GIF89a" + bytes(40), b"<svg/>"])
def test_picture_that_cannot_be_read_is_told_at_its_line(tmp_path: Path, data: bytes | None) -> None:
    _, problems = assembled(tmp_path, with_picture("a.png", data))
    assert [(problem.rule.name, problem.origin) for problem in problems] == [
        ("missing-picture", Origin("sections/articles/iccpr/19/one.yaml", 8, 3))
    ]


@pytest.mark.parametrize("name", ["../a.png", "/etc/a.png", "a.svg", "a", "http://example.org/a.png", "%2e%2e/a.png"])
def test_picture_from_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    files = {**with_picture(name, None), "sections/articles/iccpr/a.png": picture(), "a.png": picture()}
    document, problems = assembled(tmp_path, files)
    assert codes(problems) == ["missing-picture"]
    assert [node.data for node in walk(document.blocks) if isinstance(node, Figure)] == [b""]


def test_linked_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(picture())
    library = load(tmp_path / "root", with_picture("a.png", None))
    (tmp_path / "root/sections/articles/iccpr/19/a.png").symlink_to(tmp_path / "outside.png")
    document, problems = assembled(tmp_path / "root", {})
    assert codes(problems) == ["missing-picture"] and library.sections
    assert all(node.data == b"" for node in walk(document.blocks) if isinstance(node, Figure))


def test_picture_in_a_linked_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.png").write_bytes(picture())
    load(tmp_path / "root", with_picture("inside/a.png", None))
    (tmp_path / "root/sections/articles/iccpr/19/inside").symlink_to(tmp_path / "outside")
    _, problems = assembled(tmp_path / "root", {})
    assert codes(problems) == ["missing-picture"]


def test_picture_with_too_many_pixels_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (20_000, 2_001)).save(out, "PNG")
    _, problems = assembled(tmp_path, with_picture("a.png", out.getvalue()))
    assert codes(problems) == ["missing-picture"]
    assert "40 million" in problems[0].message


def test_figure_inside_a_list_or_quote_is_taken_in(tmp_path: Path) -> None:
    files = with_picture("a.png", picture())
    files["sections/articles/iccpr/19/one.yaml"] = finding('- words\n\n  ![Alt](a.png "One")\n\n> ![Alt](a.png "Two")\n>\n> words')
    document, problems = assembled(tmp_path, files)
    assert problems == []
    assert [bool(node.data) for node in walk(document.blocks) if isinstance(node, Figure)] == [True, True]


@pytest.mark.parametrize(("harm", "shown"), [("\x1a", "U+001A"), ("\u200b", "U+200B"), ("\ufdd0", "U+FDD0")])
def test_character_that_no_file_may_hold_is_refused_with_its_place(tmp_path: Path, harm: str, shown: str) -> None:
    _, problems = assembled(tmp_path, {**example(), TEMPLATE: f"# One\n\nwords {harm}\n"})
    assert [(problem.rule.name, problem.origin) for problem in problems] == [("forbidden-character", Origin(TEMPLATE, 3, 7))]
    assert shown in problems[0].message


def test_template_saved_on_windows_is_read(tmp_path: Path) -> None:
    document, problems = assembled(tmp_path, {**example(), TEMPLATE: b"\xef\xbb\xbf# One\r\n\r\nwords\r\n"})
    assert problems == []
    assert [plain_text(block) for block in document.blocks] == ["One", "words"]


def test_template_of_too_many_lines_is_refused(tmp_path: Path) -> None:
    _, problems = assembled(tmp_path, {**example(), TEMPLATE: "# x\n" * 20_002})
    assert [problem.rule.name for problem in problems] == ["template-error"]
