"""How the HTML page looks on screens: beside the look's own CSS, which is made for paper.

Three widths. Narrow, and on paper: one column, the contents after the title, the notes at the foot. Wide: the notes stand beside their calls. Widest:
the contents stay in view in a column of their own. A note stands once in the page, in the list at its end; CSS anchors move it beside its call,
and below the note before it, so that none covers another. A browser that lacks anchors shows the list.
"""

from __future__ import annotations

from string import Template

_ALWAYS = """
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.notes h2 { font-size: var(--size-heading2); break-before: auto; string-set: none } .notes div { margin: 0 0 .4em; text-align: start }
.notes div > a:first-child { display: inline-block; min-width: 1.6em; margin-inline-end: .3em; font-size: .8em; vertical-align: super; line-height: 1 }
.notes { font-size: var(--size-note); line-height: 1.35; margin-top: 3rem; border-top: 1px solid var(--colour-rule) }
sup { font-size: .7em; line-height: 0 } .contents a::after { content: none } .table-scroll { overflow-x: auto }
@media print { .skip { display: none } .cover { min-height: 0 } .table-scroll { overflow: visible } }
"""

_SCREEN = """
:root { --size-body: 106.25%; --size-note: .875rem; --size-table: .9375rem; --size-small: .875rem; --size-heading1: 1.6rem; --size-heading2: 1.3rem;
  --size-heading3: 1.1rem; --size-heading4: 1rem; --size-title: 2.2rem; --size-subtitle: 1.25rem; --line-height: 1.5; --align: start; color-scheme: light dark }
html { background: #fff; hyphens: manual; scroll-padding-top: 1rem }
body { position: relative; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; overflow-wrap: break-word }
.skip { position: absolute; inset-inline-start: 1rem; top: -10rem; padding: .5rem 1rem; background: #fff; z-index: 2 } .skip:focus { top: .5rem }
a { color: var(--colour-accent); text-decoration: underline } .contents a, sup a, .notes div > a:first-child { text-decoration: none }
a:focus-visible, .table-scroll:focus-visible { outline: 3px solid var(--colour-accent); outline-offset: 2px }
a:hover { text-decoration: underline } sup a { padding: 0 .15em } :target { background: var(--colour-box) }
.cover h1 { margin: 3rem 0 1rem } .cover .subtitle { margin-bottom: 2rem } .contents h2 { font-size: var(--size-heading3) }
.contents li { margin-bottom: .35em; padding-inline-end: 0 } .contents .l2 { padding-inline-start: 1rem } .contents .l3 { padding-inline-start: 2rem }
.book h2.numbered { margin-top: 9mm } .num { min-width: 2.2em } ul, ol { padding-inline: 2.2em 0 } blockquote { margin-inline: 2rem 0 } img { height: auto }
figure img { background: #fff }
"""

_DARK = """
:root { --colour-text: #e6e6e6; --colour-heading: #ffffff; --colour-accent: #8ab8e6; --colour-box: #22272f; --colour-head: #2c333e; --colour-rule: #8a8f98 }
html, .skip { background: #16181c } .band { --colour-accent: #1d3f63 } .marking { color: #ff9d94; border-color: #ff9d94 } figure img { padding: .5rem; border-radius: 2px }
"""

_WIDE = """
body { max-width: none; display: grid; grid-template-columns: minmax(0, 42rem) 17rem; column-gap: 3rem; justify-content: center }
body > * { grid-column: 1 } main { anchor-name: --text }
.notes { border: 0; margin: 0 } .notes h2 { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%) }
.notes div { position: absolute; inset-inline-start: calc(anchor(--text end) + 3rem); width: 17rem; margin: 0 }
"""

_WIDEST = """
body:has(> .contents) { max-width: none; display: grid; grid-template-columns: 17rem minmax(0, 42rem) 17rem; column-gap: 3rem; justify-content: center }
body:has(> .contents) > * { grid-column: 2 }
body > .contents.contents { grid-column: 1; grid-row: 1 / span 4; position: sticky; top: 0; align-self: start; box-sizing: border-box; max-height: 100vh;
  overflow-y: auto; padding: 1.5rem .5rem 1.5rem 0; font-size: var(--size-small) }
body > .contents .l3 { font-size: inherit }
"""

_PAGE = Template("""$always
@media screen { $screen }
@media screen and (prefers-color-scheme: dark) { $dark }
@supports (anchor-name: --a) { @media screen and (min-width: 68rem) { $wide$notes } }
@media screen and (min-width: 90rem) { $widest }
""")


def screen_css(notes: int) -> str:
    """Return the CSS for a page with so many notes."""
    return _PAGE.substitute(always=_ALWAYS, screen=_SCREEN, dark=_DARK, wide=_WIDE, widest=_WIDEST, notes=_beside(notes))


def _beside(notes: int) -> str:
    """Return where each note stands: at the height of its call, or under the note before it where that one reaches lower."""
    rows = []
    for number in range(1, notes + 1):
        top = f"anchor(--c{number} top)"
        if number > 1:
            top = f"max({top}, calc(anchor(--n{number - 1} bottom) + .6rem))"
        rows.append(f"#call{number} {{ anchor-name: --c{number} }} #note{number} {{ anchor-name: --n{number}; top: {top} }}\n")
    return "".join(rows)
