"""The rules SG7: editing."""

from shadowgen.rules.registering import warning as _warning

NUMBERING_GAP = _warning(
    "SG701",
    "numbering-gap",
    """
    A number is skipped: a typed list goes on with 70 after 68 (shadowgen would print 69), or a line stands for a paragraph that an imported file
    does not have. Look into the original whether words are lost. If not, delete the line, or correct the number.""",
)
DOUBTFUL_TARGET = _warning(
    "SG702",
    "doubtful-target",
    """
    A cross-reference may lead to the wrong place: its target has no article, recommendation or theme in common with the section that refers to it,
    and hardly uses the words that this one turns on, while another section does. Look the target up, and correct the id if it is the wrong one.""",
)
ACT_MISMATCH = _warning(
    "SG703",
    "act-mismatch",
    """
    The text and the source that it cites speak of one act and disagree: the same number with another date, the same day of another year, or another
    number of a general comment. One of the two is wrong: look the act up. Best leave the date to the note, and name the act once.""",
)
MIXED_SCRIPT = _warning(
    "SG704",
    "mixed-script",
    """
    A word mixes letters of two scripts that look alike: a Cyrillic с in a Latin word. No search finds it, and a screen reader spells it out.
    Type the word again.""",
)
ADDRESS_SCRIPT = _warning(
    "SG705",
    "address-script",
    """
    An address on the web mixes letters of two scripts that look alike, or has a Cyrillic letter in an ending such as .doc, so it leads nowhere.
    Copy it again from the browser.""",
)
ADDRESS_BLANK = _warning(
    "SG706",
    "address-blank",
    """
    An address on the web is cut by a blank, as it happens where a line of a PDF ends. Nothing after the blank is part of the link.
    Close it up. shadowgen breaks a long address at the end of a line without a blank.""",
)
IMPOSSIBLE_ADDRESS = _warning(
    "SG707",
    "impossible-address",
    """
    An address on the web cannot exist: a part is left out (`/.../`), its host ends in what no country and no registry has, or it is one that
    stands in examples. Copy the whole address from the browser.""",
)
SEVERAL_NAMES = _warning(
    "SG708",
    "several-names",
    """
    One body, law or document seems to have several names: the same words in another order, with another preposition, or with a word of the same meaning
    ("Supreme Judicial Council", "Supreme Court Council"). A reader takes them for two. Choose one, and put the others under `avoid` in the
    term base; if they are two, accept the warning with a reason.""",
)
NAME_SPELLINGS = _warning(
    "SG709",
    "name-spellings",
    """
    One name seems to be written in several ways, as happens when it comes from another script: "Esergepov" and "Yesergepov". A search finds only one.
    Choose one spelling, and put the others under `avoid` in the term base; if they are two persons, accept the warning with a reason.""",
)
MIXED_SPELLING = _warning(
    "SG710",
    "mixed-spelling",
    """
    The library spells this family of words in two ways (organise and organize, defence and defense). What most of it does is right, or what
    `choice` in templates/editing/<language>.yaml says. Words in quotation marks, and names with capitals, are let alone.""",
)
MIXED_DATES = _warning(
    "SG711",
    "mixed-dates",
    """
    The library writes dates in several ways (3 July 2014, July 3, 2014, 04.07.2014). What most of it does is right, or what `choice` in
    templates/editing/<language>.yaml says. Quotations are let alone.""",
)
NOTE_POSITION = _warning(
    "SG712",
    "note-position",
    """
    The call of a note stands on the other side of the punctuation than in most of the library, or than `choice` in templates/editing/<language>.yaml says.
    shadowgen prints every mark where the language wants it; one habit keeps the files easy to compare and to translate.""",
)
NO_LOCATOR = _warning(
    "SG713",
    "no-locator",
    """
    A general comment, Views or a recommendation is cited without its paragraph, so a reader has to search the whole document.
    Write `[@gc-34, para. 11]`; in a commitments file, give each paragraph its `number`.""",
)
UNSOURCED_FIGURE = _warning(
    "SG714",
    "unsourced-figure",
    """
    A figure or share is claimed in a paragraph without any citation or note. A Committee asks where, when, how and by whom it was counted.
    Cite the source, or say in a note how the authors counted.""",
)
DUPLICATE_SIGNATORY = _warning(
    "SG715",
    "duplicate-signatory",
    """
    Two contributors seem to be one, or a list names one twice: the same name, the same with other words around it, or a near spelling.
    Keep one. If they are two persons of one name, tell them apart by role or city, and accept the warning with a reason.""",
)
UNEXPLAINED_ABBREVIATION = _warning(
    "SG716",
    "unexplained-abbreviation",
    """
    A submission uses an abbreviation that it never explains, or explains only later. Write the full name with the abbreviation in brackets where it
    stands first. Those that every reader knows stand under `abbreviations` in templates/editing/<language>.yaml.""",
)
MISQUOTED_COMMITMENT = _warning(
    "SG717",
    "misquoted-commitment",
    """
    A quotation is nearly, but not exactly, what the recommendation or pledge says that the section answers. Copy it again; mark what is
    left out with "..." and what is put in with square brackets.""",
)
PAGE_OF_STATE_REPORT = _warning(
    "SG718",
    "page-of-state-report",
    """
    A State report or another UN document is cited by page. Pages differ between the draft, the published report and its languages.
    Cite its symbol and paragraph.""",
)
VAGUE_REFERENCE = _warning(
    "SG719",
    "vague-reference",
    """
    The text sends its reader to another place without saying which ("as mentioned above"). Sections move, and what was above may be below or gone.
    Name the matter, or write a cross-reference `[#id, paras]`.""",
)
ORPHAN_ITEM = _warning(
    "SG720",
    "orphan-item",
    """
    A list begins in the middle, or skips an item: (c) without (a) and (b). It is often left over from another version.
    Restore what is missing, or begin with the first.""",
)
LOST_IN_IMPORT = _warning(
    "SG721",
    "lost-in-import",
    """
    A note says only that its words did not survive in the imported file. It would be printed so.
    Find the words in the original, or cite the source.""",
)
