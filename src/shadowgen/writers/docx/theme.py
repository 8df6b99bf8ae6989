"""theme1.xml and fontTable.xml from a look: Word's own pickers then offer the look's colours and fonts."""

from __future__ import annotations

from shadowgen.looks import Look
from shadowgen.wordtemplate import Theme
from shadowgen.writers.docx.xml import HEADER, NAMESPACES, attribute

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def theme_xml(look: Look) -> str:
    """Return theme1.xml."""
    colours = look.colours
    slots = {
        "dk1": colours["text"], "lt1": "FFFFFF", "dk2": colours["heading"], "lt2": colours["box"], "accent1": colours["accent"],
        "accent2": colours["rule"], "accent3": colours["head"], "accent4": colours["accent"], "accent5": colours["rule"],
        "accent6": colours["head"], "hlink": colours["accent"], "folHlink": colours["accent"],
    }  # fmt: skip
    theme = look.template.theme if look.template else Theme()
    slots |= theme.colours
    scheme = "".join(f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>' for slot, colour in slots.items())
    kinds = (("ea", "Hans"), ("cs", "Arab"))
    fonts = "".join(
        f"<a:{slot}>{_face('latin', theme.fonts.get(own) or look.fonts[role][0])}{''.join(_face(kind, look.font_of(script, role)) for kind, script in kinds)}</a:{slot}>"
        for slot, role, own in (("majorFont", "heading", "major"), ("minorFont", "body", "minor"))
    )
    lines = "".join(f'<a:ln w="{width}">{_FILL}<a:prstDash val="solid"/></a:ln>' for width in (6350, 12700, 19050))
    formats = (
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    )
    name = attribute(look.name)
    return (
        f'{HEADER}<a:theme {_A} name="{name}"><a:themeElements><a:clrScheme name="{name}">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="{name}">{fonts}</a:fontScheme><a:fmtScheme name="{name}">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    )


def _face(kind: str, name: str) -> str:
    return f'<a:{kind} typeface="{attribute(name)}"/>'


def font_table_xml(look: Look) -> str:
    """Return fontTable.xml: the look's fonts, each with its stand-in."""
    every = [names for script in look.scripts.values() for names in script.fonts.values()] + list(look.fonts.values())
    names = {names[0]: names[1] if len(names) > 1 else "" for names in every}
    rows = "".join(
        f'<w:font w:name="{attribute(name)}">{f"<w:altName w:val={chr(34)}{attribute(other)}{chr(34)}/>" if other else ""}</w:font>'
        for name, other in sorted(names.items())
    )
    return f"{HEADER}<w:fonts {NAMESPACES}>{rows}</w:fonts>"
