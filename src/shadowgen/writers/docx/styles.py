"""styles.xml and settings.xml from a look: the styles that Word names, and a few of our own, all editable in Word."""

from __future__ import annotations

import re

from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.writers.docx.measures import twips
from shadowgen.writers.docx.tongues import default_language
from shadowgen.writers.docx.xml import HEADER, NAMESPACES, attribute

# Word multiplies the font's own line height (1.15 for the usual text fonts); CSS multiplies the size.
_FONT_LEADING = 1.15


def styles_xml(look: Look, locale: Locale) -> str:
    """Return styles.xml."""
    rows = "".join(_styles(look, locale.direction))
    return f"{HEADER}<w:styles {NAMESPACES}>{_defaults(look, locale.language)}{rows if locale.direction == 'ltr' else _mirrored(rows)}</w:styles>"


def _mirrored(xml: str) -> str:
    """Return styles whose paragraphs have their left and right borders changed over: Word mirrors indents and alignment, and not borders."""
    return _BORDERS.sub(_changed_over, xml)


_BORDERS = re.compile("<w:pBdr>(.*?)</w:pBdr>")


def _changed_over(found: re.Match[str]) -> str:
    edges = {edge[1]: edge[2] for edge in re.finditer("<w:(\\w+) (.*?)/>", found[1])}
    other = {"left": "right", "right": "left"}
    drawn = {other.get(side, side): how for side, how in edges.items()}
    return f"<w:pBdr>{''.join(f'<w:{side} {drawn[side]}/>' for side in _SIDES if side in drawn)}</w:pBdr>"


def settings_xml(look: Look, language: str) -> str:
    """Return settings.xml."""
    even = "<w:evenAndOddHeaders/>" if look.template and look.template.even_pages else ""
    return (
        f'{HEADER}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:autoHyphenation/>'
        f"{even}"
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f"{default_language(language, 'themeFontLang')}</w:settings>"
    )


def _fonts(look: Look, role: str) -> str:
    name, east, complex = (attribute(look.font_of(script, role)) for script in ("Latn", "Hans", "Arab"))
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{east}" w:cs="{complex}"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _defaults(look: Look, language: str) -> str:
    text = f'{_fonts(look, "body")}<w:color w:val="{look.colours["text"]}"/>{_size(look.sizes["body"])}'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{text}{default_language(language)}</w:rPr></w:rPrDefault>"
        f'<w:pPrDefault><w:pPr><w:spacing w:after="125" w:line="{round(240 * look.line_height / _FONT_LEADING)}" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _style(id: str, name: str, paragraph: str = "", text: str = "", *, based: str = "Normal", then: str = "", quick: bool = True) -> str:
    head = f'<w:style w:type="paragraph" w:styleId="{id}"{"" if name in _BUILT_IN else " w:customStyle=" + chr(34) + "1" + chr(34)}>'
    return (
        f'{head}<w:name w:val="{name}"/>{f"<w:basedOn w:val={chr(34)}{based}{chr(34)}/>" if based else ""}'
        f"{f'<w:next w:val={chr(34)}{then}{chr(34)}/>' if then else ''}{'<w:qFormat/>' if quick else ''}"
        f"{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}{f'<w:rPr>{text}</w:rPr>' if text else ''}</w:style>"
    )


_BUILT_IN = {
    "Normal", "heading 1", "heading 2", "heading 3", "heading 4", "Title", "Subtitle", "footnote text", "header", "footer", "caption",
    "Quote", "List Paragraph", "toc 1", "toc 2", "toc 3", "toc 4", "TOC Heading", "Date", "Salutation", "Body Text",
}  # fmt: skip


def _styles(look: Look, direction: str) -> list[str]:
    sizes, colours = look.sizes, look.colours
    both = '<w:jc w:val="both"/>' if look.justify else ""
    bidi = "<w:bidi/>" if direction == "rtl" else ""
    heading_text = f'{_fonts(look, "heading")}<w:b/><w:bCs/><w:color w:val="{colours["heading"]}"/>'
    rows = [
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/>{bidi}{both}</w:pPr></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]
    for level, (before, after) in enumerate(((510, 280), (400, 170), (280, 130), (220, 110)), 1):
        italic = "<w:i/><w:iCs/>" if level == 4 else ""
        bold = heading_text.replace("<w:b/><w:bCs/>", italic) if level == 4 else heading_text
        rule = _border(colours["accent"], 8, 4, "bottom") if level == 1 and look.heading_rule else ""
        spacing = f'<w:keepNext/><w:keepLines/>{rule}<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>'
        rows.append(_style(f"Heading{level}", f"heading {level}", f'{spacing}<w:outlineLvl w:val="{level - 1}"/>',
                           bold + _size(sizes[f"heading{level}"]), then="BodyText"))  # fmt: skip
    rows += _cover_styles(look, heading_text) + _text_styles(look) + _contents_styles(look) + _character_styles(look) + [_table_style(look)]
    return rows


def _cover_styles(look: Look, heading_text: str) -> list[str]:
    sizes, accent = look.sizes, look.colours["accent"]
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{accent}"/></w:pBdr>'
    band, white = "", ""
    if look.shapes["cover"] == "band":
        band, white = _band(accent), '<w:color w:val="FFFFFF"/>'
        rule, heading_text = band, heading_text.replace(f'<w:color w:val="{look.colours["heading"]}"/>', white)
    ind = _ind(_BAND_INSET, _BAND_INSET) if band else ""
    left = '<w:jc w:val="left"/>'
    tight = '<w:spacing w:after="60"/>'
    body = _fonts(look, "heading") if band else ""
    return [
        _style("CoverLogos", "Cover Logos", f'<w:keepNext/><w:spacing w:after="240" w:line="240" w:lineRule="auto"/>{left}'),
        _style("Title", "Title", f'<w:keepNext/>{band}<w:spacing w:before="200" w:after="340" w:line="240" w:lineRule="auto"/>{ind}{left}',
               heading_text + _size(sizes["title"]), then="Subtitle"),
        _style("Subtitle", "Subtitle", f'{band}<w:spacing w:after="340"/>{ind}{left}', body + white + _size(sizes["subtitle"])),
        _style("CoverSession", "Cover Session", f'{rule}<w:spacing w:after="200"/>{ind}{left}', body + white + _size(sizes["heading3"])),
        _style("CoverLabel", "Cover Label", f'<w:keepNext/><w:spacing w:before="450" w:after="85"/>{left}', body + "<w:b/><w:bCs/>"),
        _style("CoverName", "Cover Name", f"{tight}{left}"),
        _style("Date", "Date", f'<w:spacing w:before="400"/>{left}'),
        _style("Marking", "Marking", _border("A00000", 10, 6, *_SIDES) + f'<w:spacing w:after="340"/>{left}', '<w:b/><w:bCs/><w:color w:val="A00000"/>'),
        _style("Address", "Addressee", f'<w:spacing w:before="280" w:after="280"/>{left}'),
        _style("Salutation", "Salutation", f'<w:spacing w:after="200"/>{left}'),
    ]  # fmt: skip


_SIDES = ("top", "left", "bottom", "right")
_INSET, _BAND_INSET, _BOXED = 227, 240, 567  # twentieths of a point


def _edge(side: str, colour: str, eighths: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def _border(colour: str, eighths: int, space: int, *sides: str) -> str:
    """Return borders of a paragraph; `eighths` of a point wide, `space` points from the text."""
    return f"<w:pBdr>{''.join(_edge(side, colour, eighths, space) for side in sides)}</w:pBdr>"


def _panel(look: Look, barred: str, *sides: str) -> str:
    """Return a shaded panel with a bar of the accent colour at one side; edges of the shade's own colour keep the text off its rim."""
    edges = {"top": 5, "left": 10, "bottom": 5, "right": 8}
    accent, fill = look.colours["accent"], look.colours["box"]
    drawn = (_edge(side, accent, 24, edges[side]) if side == barred else _edge(side, fill, 4, edges[side]) for side in sides or _SIDES)
    return f"<w:pBdr>{''.join(drawn)}</w:pBdr>{_shade(fill)}"


def _shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _band(colour: str) -> str:
    return _border(colour, 4, 12, *_SIDES) + _shade(colour)


def _ind(left: int, right: int, hanging: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}"{f" w:hanging={chr(34)}{hanging}{chr(34)}" if hanging else ""}/>'


# all paragraphs of boxed recommendations have one indent, or Word would draw them as boxes apart
BOXED = _ind(_INSET + _BOXED, _INSET, _BOXED)


def _text_styles(look: Look) -> list[str]:
    sizes, colours = look.sizes, look.colours
    small = _size(sizes["body"] - 0.5)
    left = '<w:jc w:val="left"/>'
    bar = _border(colours["accent"], 24, 10, "left")
    return [
        _style("BodyText", "Body Text"),
        _style("NumberedParagraph", "Numbered Paragraph", based="BodyText"),
        *_ask_styles(look),
        _style("SeeAlso", "See Also", "", "<w:i/><w:iCs/>"),
        _style("Label", "Label", f'<w:keepNext/><w:spacing w:after="70"/>{left}'),
        _style("SourceKind", "Source Kind", f'<w:keepNext/><w:spacing w:before="230" w:after="70"/>{left}'),
        _style("Bibliography", "Bibliography", f'<w:spacing w:after="60"/><w:ind w:left="454" w:hanging="454"/>{left}'),
        _style("ListParagraph", "List Paragraph", '<w:spacing w:after="60"/>'),
        _style("Signatory", "Signatory", f'<w:spacing w:after="40"/>{left}', based="ListParagraph"),
        _style("Quote", "Quote", '<w:spacing w:after="70"/><w:ind w:left="624"/>', small),
        _style("Attribution", "Attribution", '<w:ind w:left="624"/><w:jc w:val="right"/>', small),
        _style("Commitment", "Commitment", f'{_panel(look, "left")}<w:spacing w:before="60" w:after="240"/>{_ind(_INSET, _INSET)}'),
        *_case_styles(look, small),
        _style("PullFigure", "Pull Figure", f'<w:keepNext/><w:keepLines/>{bar}<w:spacing w:before="170" w:after="0" w:line="240" w:lineRule="auto"/>{_ind(_INSET, _INSET)}{left}',
               f'{_fonts(look, "heading")}<w:b/><w:bCs/><w:color w:val="{colours["accent"]}"/>' + _size(sizes["figure"]), then="PullText"),
        _style("PullText", "Pull Text", f'<w:keepLines/>{bar}<w:spacing w:after="200"/>{_ind(_INSET, _INSET)}{left}', _fonts(look, "heading")),
        _style("Caption", "caption", f'<w:keepNext/><w:spacing w:before="115" w:after="85"/>{left}', "<w:b/><w:bCs/>" + _size(sizes["table"])),
        _style("TableText", "Table Text", f'<w:spacing w:after="0"/>{left}', _size(sizes["table"])),
        _style("Picture", "Picture", '<w:keepNext/><w:jc w:val="center"/>'),
        _style("FootnoteText", "footnote text", f'<w:spacing w:after="35" w:line="259" w:lineRule="auto"/>{left}', _size(sizes["note"]), quick=False),
        _style("Header", "header", f'<w:tabs><w:tab w:val="right" w:pos="{twips(look.text_width())}"/></w:tabs>{left}',
               f'<w:i/><w:iCs/><w:color w:val="{colours["rule"]}"/>' + _size(sizes["small"]), quick=False),
        _style("Footer", "footer", '<w:jc w:val="center"/>', _size(sizes["small"]), quick=False),
    ]  # fmt: skip


def _ask_styles(look: Look) -> list[str]:
    box = _panel(look, "left") if look.shapes["asks"] == "box" else ""
    ind = BOXED if box else ""
    return [
        _style("Lead", "Lead to Recommendations", f'<w:keepNext/>{box}<w:spacing w:after="60"/>{ind}', based="NumberedParagraph"),
        _style("Ask", "Recommendation", f'{box}<w:spacing w:after="60"/>{ind}', based="ListParagraph"),
    ]


def _case_styles(look: Look, small: str) -> list[str]:
    """Return title and text of a case; their borders differ, or Word would draw two cases that follow each other as one."""
    rule, fill = look.colours["rule"], look.colours["box"]
    if look.shapes["cases"] == "bar":
        title, text = _panel(look, "top"), _panel(look, "top", "left", "bottom", "right")
    else:
        left, right = _edge("left", rule, 4, 8), _edge("right", rule, 4, 8)
        title = f"<w:pBdr>{_edge('top', rule, 4, 6)}{left}{_edge('bottom', fill, 4, 3)}{right}</w:pBdr>{_shade(fill)}"
        text = f"<w:pBdr>{left}{_edge('bottom', rule, 4, 6)}{right}</w:pBdr>{_shade(fill)}"
    inset, font = _ind(_INSET, _INSET), _fonts(look, "heading")
    return [
        _style("CaseTitle", "Case Title", f'<w:keepNext/>{title}<w:spacing w:before="200" w:after="0"/>{inset}<w:jc w:val="left"/>', font + "<w:b/><w:bCs/>" + small),
        _style("CaseText", "Case Text", f"{text}{inset}", small),
    ]  # fmt: skip


def _contents_styles(look: Look) -> list[str]:
    width = twips(look.text_width())
    rows = [_style("TOCHeading", "TOC Heading", '<w:keepNext/><w:spacing w:after="280"/><w:jc w:val="left"/>',
                   f'{_fonts(look, "heading")}<w:b/><w:bCs/><w:color w:val="{look.colours["heading"]}"/>' + _size(look.sizes["heading1"]))]  # fmt: skip
    for level, (indent, before, text) in enumerate(
        ((0, 140, "<w:b/><w:bCs/>"), (340, 0, ""), (680, 0, _size(look.sizes["small"])), (1020, 0, "")), 1
    ):
        tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
        spacing = f'{tabs}<w:spacing w:before="{before}" w:after="68" w:line="240" w:lineRule="auto"/><w:ind w:left="{indent}"/><w:jc w:val="left"/>'
        rows.append(_style(f"TOC{level}", f"toc {level}", spacing, text, quick=False))
    return rows


def _character_styles(look: Look) -> list[str]:
    return [
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:rPr><w:color w:val="{look.colours["accent"]}"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        "<w:rPr><w:i/><w:iCs/></w:rPr></w:style>",
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>",
    ]


def _table_style(look: Look) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{look.colours["rule"]}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f'<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:top w:w="45" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="45" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{look.colours["head"]}"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )
