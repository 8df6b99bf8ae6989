"""What a body asks of a submission, held against one that is composed.

Enters: a plan, its profile, the finished tree and its look. Leaves: a warning for each rule that is broken, which says how binding the rule is,
where it stands and when it was last read there. A rule that cannot be seen in a document (a deadline) is not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shadowgen import rules
from shadowgen.catalogue import bodies, treaties
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.library import Library
from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Contents, Cover, Paragraph, Submission, plain_text, walk
from shadowgen.profiles import Profile
from shadowgen.records import Contributor, Plan, in_language

WORDS_A_PAGE = 450  # of a submission in the look `un`, measured; for a document that is not laid out


@dataclass(frozen=True, slots=True)
class Subject:
    """What is held against the rules: `counted` are its words as the body counts them, `printed` the ids of its sections."""

    library: Library
    plan: Plan
    profile: Profile
    submission: Submission
    locale: Locale
    look: Look
    counted: int
    printed: frozenset[str]

    def words(self, name: str) -> str:
        """Return a rule's value, or an empty string."""
        return self.profile.words(name)


# ---------------------------------------------------------------- who submits


def authors(library: Library, plan: Plan) -> list[Contributor]:
    """Return the contributors that submit."""
    return [library.contributors[key] for key in plan.submitted_by if key in library.contributors]


def is_joint(library: Library, plan: Plan) -> bool:
    """True if more than one organisation submits, or a coalition."""
    found = authors(library, plan)
    return len(found) > 1 or any(author.type == "coalition" for author in found)


def limit_rule(library: Library, plan: Plan, profile: Profile | None, unit: str) -> str:
    """Return the name of the rule that limits this submission in words or pages: some bodies accept more of a joint one. Empty for none."""
    if profile is None:
        return ""
    joint = f"{unit}_max_joint" if is_joint(library, plan) else ""
    return next((name for name in (joint, f"{unit}_max") if name and profile.number(name)), "")


# ---------------------------------------------------------------- the rules


def check_rules(subject: Subject) -> list[Diagnostic]:
    """Return every rule of the body that a composed submission breaks."""
    return [problem for check in _CHECKS for problem in check(subject)]


def _broken(subject: Subject, name: str, message: str, hint: str = "", field: str = "profile") -> Diagnostic:
    requirement = subject.profile.rules[name]
    rule = rules.AGAINST_BINDING_RULE if requirement.binding else rules.AGAINST_ADVICE
    return rule.at(_origin(subject.plan, field), f"{message} ({requirement.cited()})", hint)


def _origin(plan: Plan, field: str) -> Origin:
    return (plan.places.get(field) or (plan.origin,))[0]


def _language(subject: Subject) -> Iterator[Diagnostic]:
    accepted, language = subject.profile.several("languages"), subject.locale.language
    if accepted and language.split("-")[0] not in accepted:
        plan = subject.plan
        place = plan.languages.index(language) if language in plan.languages else 0
        origin = plan.places["languages"][place] if plan.places.get("languages") else plan.origin
        told = f"the body works in {', '.join(accepted)}, not in {language} ({subject.profile.cited('languages')})"
        yield rules.NOT_ACCEPTED_LANGUAGE.at(origin, told)


def _words(subject: Subject) -> Iterator[Diagnostic]:
    name = limit_rule(subject.library, subject.plan, subject.profile, "words")
    limit = subject.profile.number(name) if name else None
    if limit and subject.counted > limit:
        told = f"{subject.counted:,} words where the body accepts {limit:,} ({subject.profile.cited(name)})"
        yield rules.OVER_PROFILE_LIMIT.at(_origin(subject.plan, "profile"), told)


def _contents(subject: Subject) -> Iterator[Diagnostic]:
    if subject.words("contents") == "yes" and not any(isinstance(block, Contents) for block in subject.submission.blocks):
        yield _broken(subject, "contents", "there is no table of contents", "use a template with {{ table_of_contents() }}", "template")


def _numbering(subject: Subject) -> Iterator[Diagnostic]:
    numbered = any(isinstance(node, Paragraph) and node.number for node in walk(subject.submission.blocks))
    if subject.words("paragraph_numbering") == "yes" and not numbered:
        yield _broken(subject, "paragraph_numbering", "no paragraph is numbered", "write 'numbering: continuous'", "numbering")


def _fonts(subject: Subject) -> Iterator[Diagnostic]:
    font, look = subject.words("font"), subject.look
    if font and look.fonts["body"][0] != font:
        yield _broken(subject, "font", f"the text is set in {look.fonts['body'][0]}, not in {font}", "change 'fonts' of the look", "look")
    for name, size in (("font_size", "body"), ("note_font_size", "note")):
        asked = subject.words(name)
        if asked and look.sizes[size] != float(asked):
            what = "notes are" if size == "note" else "the text is"
            told = f"{what} set in {look.sizes[size]:g} points, not in {asked}"
            yield _broken(subject, name, told, f"change 'sizes: {size}' of the look", "look")


def _cover(subject: Subject) -> Iterator[Diagnostic]:
    """Look for the fields that the body wants on the cover, or for what the submission file says of them."""
    covers = [block for block in subject.submission.blocks if isinstance(block, Cover)]
    shown = " ".join(plain_text(words) for cover in covers for _, words in cover.lines).casefold()
    for field in subject.profile.several("cover_fields"):
        wanted = _cover_words(subject, field)
        if not wanted or not all(words.casefold() in shown for words in wanted):
            hint = _COVER_HINTS.get(field, "")
            yield _broken(subject, "cover_fields", f"the cover does not say: {field.replace('_', ' ')}", hint)


_COVER_HINTS = {
    "country": "name the country in the title or the session",
    "body": "name the body in 'session' or in the title",
    "session": "give the submission a 'session'",
    "submitted_by": "give the submission 'submitted_by'",
    "contact": "give the submission a 'contact'",
    "keywords": "give the submission 'keywords'",
    "about": "say under 'about' of each contributor what it is",
    "treaty": "name the treaty in the title",
}


def _cover_words(subject: Subject, field: str) -> list[str]:
    """Return the words that a cover must show for a field; none where the submission does not have them."""
    plan, say = subject.plan, lambda words: in_language(words, subject.locale.language, subject.plan.languages[0])
    treaty = treaties().get(plan.treaty)
    match field:
        case "body":
            return [say(bodies().get(subject.profile.body, {}))]
        case "treaty":
            return [say(treaty.name)] if treaty else []
        case "submitted_by":
            return [say(one.name) for one in authors(subject.library, plan)]
        case "about":
            described = [say(one.about) for one in authors(subject.library, plan)]
            return [""] if described and all(described) else []  # it stands in the list of contributors
        case "keywords":
            return [say(word) for word in plan.keywords]
        case _:
            words = say(getattr(plan, field, None))
            return [words] if words else []


def _posting(subject: Subject) -> Iterator[Diagnostic]:
    plan = subject.plan
    if subject.words("posting_consent") == "yes" and plan.posting is None:
        yield _broken(
            subject, "posting_consent", "the submission does not say whether it may be posted", "write 'posting: yes' or 'posting: no'"
        )
    if subject.words("confidentiality_marking") == "mark" and plan.posting is False and plan.audience == "public":
        told = "it may not be posted, and is not marked as confidential"
        yield _broken(subject, "confidentiality_marking", told, "write 'audience: committee'", "posting")
    if subject.words("publication") == "no" and plan.audience == "public":
        told = "the body receives it in confidence, and it is made for the public"
        yield _broken(subject, "publication", told, "write 'audience: committee'", "audience")


def _summary(subject: Subject) -> Iterator[Diagnostic]:
    """Look for a section of the front matter whose id says that it is a summary, in the language that the body wants."""
    found = [subject.library.sections[id] for id in subject.plan.front if id in subject.library.sections and "summary" in id.split("-")]
    asked, language = subject.words("executive_summary_language"), subject.locale.language
    if subject.words("executive_summary") == "yes" and not found:
        hint = "put a section such as 'executive-summary' into 'front'"
        yield _broken(subject, "executive_summary", "there is no summary", hint, "front")
    elif asked and language != asked and found and all(one.in_language(language).language != asked for one in found):
        yield _broken(subject, "executive_summary_language", f"there is no summary in '{asked}'", "", "front")


def _follow_up(subject: Subject) -> Iterator[Diagnostic]:
    """Hold what a follow-up submission assesses against what the body selected, or may select."""
    most = subject.profile.number("follow_up_count")
    documents = [subject.library.commitments[id] for id in subject.plan.commitments if id in subject.library.commitments]
    for document in documents if most else ():
        assessed = {
            response.paragraph
            for id in subject.printed & set(subject.library.sections)
            for response in subject.library.sections[id].responds_to
            if response.document == document.id and response.paragraph
        }
        selected = {one.id for one in document.paragraphs if one.follow_up}
        if selected and (other := sorted(assessed - selected)):
            yield _broken(subject, "follow_up_count", f"not selected for follow-up: {', '.join(other)}", "", "sections")
        elif not selected and most and len(assessed) > most:
            told = f"{len(assessed)} recommendations are assessed where the body selects at most {most}"
            yield _broken(subject, "follow_up_count", told, "mark those selected with 'follow_up: yes'", "commitments")


_CHECKS: tuple[Callable[[Subject], Iterator[Diagnostic]], ...] = (
    _language, _words, _contents, _numbering, _fonts, _cover, _posting, _summary, _follow_up,
)  # fmt: skip


# ---------------------------------------------------------------- what only a laid-out or sent document shows


def pages_of(words: int) -> int:
    """Estimate the pages of a document that is not laid out, from the words of its text and notes."""
    return -(-words // WORDS_A_PAGE)


def check_pages(library: Library, plan: Plan, profile: Profile | None, pages: int, *, about: bool = False) -> list[Diagnostic]:
    """Compare pages with the body's limit. Beside a limit in words one in pages is the body's own estimate of it, and is not checked."""
    name = limit_rule(library, plan, profile, "pages")
    if profile is None or not name or limit_rule(library, plan, profile, "words") or pages <= (limit := profile.number(name) or 0):
        return []
    requirement = profile.rules[name]
    rule = rules.AGAINST_BINDING_RULE if requirement.binding else rules.AGAINST_ADVICE
    told = f"{'about ' if about else ''}{pages} pages where the body accepts {limit} ({requirement.cited()})"
    return [rule.at(_origin(plan, "profile"), told)]


def check_formats(plan: Plan, profile: Profile | None, formats: tuple[str, ...]) -> list[Diagnostic]:
    """Tell where none of the formats that are built is one that the body takes."""
    accepted = profile.several("formats") if profile else ()
    if profile is None or not accepted or set(accepted) & set(formats):
        return []
    requirement = profile.rules["formats"]
    rule = rules.AGAINST_BINDING_RULE if requirement.binding else rules.AGAINST_ADVICE
    told = f"the body takes {', '.join(accepted)}; built are {', '.join(formats)} ({requirement.cited()})"
    return [rule.at(_origin(plan, "profile"), told, f"build with --format {accepted[0]}")]


def sending(library: Library, plan: Plan, profile: Profile | None, language: str) -> dict[str, str]:
    """Return what to mind when the document is sent: formats, name of the file, subject of the mail, deadline, how to keep it private."""
    if profile is None:
        return {}
    say = lambda words: in_language(words, language, plan.languages[0])  # noqa: E731
    slots = {
        "submitted_by": ", ".join(say(one.short or one.name) for one in authors(library, plan)),
        "country": say(plan.country), "session": say(plan.session), "stage": profile.stage.replace("-", " "),
        "kind": "joint" if is_joint(library, plan) else "individual",
    }  # fmt: skip
    told = {"formats": ", ".join(profile.several("formats"))}
    for name, rule in (("file name", "filename_pattern"), ("mail subject", "mail_subject_pattern")):
        told[name] = _filled(profile.words(rule), slots)
    told["deadline"] = profile.words("deadline")
    asks = profile.words("confidentiality_marking") == "ask" and plan.posting is False
    told["posting"] = "ask the secretariat not to post it" if asks else ""
    return {name: words for name, words in told.items() if words}


def _filled(pattern: str, slots: dict[str, str]) -> str:
    """Return a pattern with its slots; what the submission does not say stays in braces, so that nobody sends it unseen."""
    for name, words in slots.items():
        pattern = pattern.replace(f"{{{name}}}", words or f"{{{name}}}")
    return pattern
