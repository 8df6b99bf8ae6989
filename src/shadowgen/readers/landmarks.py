"""What marks the places of a report: headings, labels, numbers of paragraphs and marks of lists, by their form alone."""

from __future__ import annotations

import re

from shadowgen.catalogue import ArticleRef, known, parse_articles

CALL = re.compile("\ue000(\\d+)\ue001")

NUMBER = re.compile(r"^(\d{1,3})\.(?:\s+|$|(?=[A-Z“\"«]))")
ITEM = re.compile(r"^([-–—•▪●◦*]|\(?[a-z]{1,2}\)|\(?[ivx]{1,5}\)|[“\"]?\(?\d{1,2}\))(?:\s+|$)")
RECOMMENDATION = re.compile(r"^(Recommendations?(?: (?:No\. ?)?\d+)?)\s*[:.]\s*(?=\S|$)")
PLEDGE = re.compile(r"^((?:Promise|Pledge|Commitment) (?:No\. ?)?\d+)\s*[:.]\s*")
QUESTION = re.compile(r"^((?:Question|Issue) (?:No\. ?)?\d+)\s*[:.]\s*")
PART = re.compile(r"^([IVX]{1,5}|[A-H])\.\s+(?=[A-Z])")
LABEL = re.compile(r"^(?:(?:Pledge|Обещание) \d+|(?:Recommendation|Рекомендация) \([^()]*\))$")
EXAMPLE = re.compile(r"^(?:EXAMPLE|Example|CASE|Case|BOX|Box)(?: study| STUDY)?(?: No\.? ?| )\d+\.?$")
FIGURE = re.compile(r"^(?:Figure|Fig\.|Chart|Рисунок|Рис\.|Диаграмма) \d{1,3}[.:]", re.IGNORECASE)
SEE = re.compile(r"^(?:For (?:more|further) (?:information|details?)\b.{0,60}\bsections?|Подробнее см\. разделы?)\b")
SALUTATION = re.compile(r"^(?:Dear|Your Excellenc|Honou?rable|Excellenc)(?:[^.!?]|(?<=Mr)\.|(?<=Ms)\.|(?<=Mrs)\.|(?<=Dr)\.){2,100}[,:!]?$")
SIGNED = re.compile(r"\b(?:signed by|signatories|signatures|undersigned)\b", re.IGNORECASE)
ASKING = re.compile(
    r"\b(?:recommend|propos|demand|urge|call (?:on|upon)|called on|ask (?:you|the)|it is (?:necessary|possible)|reform"
    r"|рекоменду|рекомендац|предлага|призыва|прос(?:им|ят)|требу)",
    re.IGNORECASE,
)
NOTE_SIGNAL = re.compile(r"^(?:See\b(?:,|:| also| for example)?|Ibid\b|Idem\b|Same (?:document|source)\b|Cf\.)")
# "Provisions that run contrary to article 23 of the Constitution, which guarantees ...:" leads to what a letter says of that article
CONTRARY = re.compile(
    r"^[A-Z][\w ]{3,80}\b(?:contrary to|violat\w+|incompatible with|inconsistent with|at odds with|in breach of|contradict\w*) "
    r"articles? \d+.{0,40}\bConstitution\b.*:$"
)
# "We urge you to ...", "The Network hopes you will ...": the end of a finding that asks its readers for one thing
URGING = re.compile(
    r"^(?:(?:Therefore,? )?[Ww]e|[A-Z][\w’'.&-]*(?: (?:[A-Z][\w’'.&-]*|of|for|and|the|in|on|undersigned|organi[sz]ations|&)){0,8}) (?:(?:urges?|asks?|calls? (?:on|upon)|requests?|encourages?) "
    r"(?:you to|to you)|hopes? (?:that )?you will)(?= \w)"
)
_ARTICLES = re.compile(r"^(Articles?|Art\.|Arts\.|Стать[яи]|Ст\.)\s?(\d[^:;!?]{0,60})$")
_TITLED = re.compile(r"^(?:Articles?|Стать[яи]) (\d+(?: ?\([\da-z]+\))*(?:(?:, | and | и )\d+(?: ?\([\da-z]+\))*)*)\. \S")
_IN_ENGLISH = {" и ": " and ", "пункт": "paragraph"}


def articles_named(line: str) -> list[ArticleRef]:
    """Return the articles that a heading such as "Article 2, paragraph 3" or "Articles 2, 3 and 26" names, or an empty list."""
    match = _ARTICLES.match(CALL.sub("", line).strip())
    if not match:
        return []
    return read_articles(match[2])


def titled_articles(line: str) -> list[ArticleRef]:
    """Return the articles of a heading such as "Article 7. Torture", or an empty list."""
    match = _TITLED.match(line)
    return read_articles(match[1]) if match else []


def read_articles(words: str) -> list[ArticleRef]:
    """Return the articles that words such as "2, paragraph 3" or "2, 3 и 26" name, or an empty list if any is none."""
    for other, english in _IN_ENGLISH.items():
        words = words.replace(other, english)
    refs = parse_articles(words.strip(" ."))
    return refs if refs and all(map(known, refs)) else []


def in_capitals(line: str) -> bool:
    """True if a line is a heading in capitals."""
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 3 and len(line) <= 110 and not any(char.islower() for char in letters) and not EXAMPLE.match(line)


def starts_unit(line: str) -> bool:
    """True if the numbers of paragraphs begin again after this line."""
    return bool(RECOMMENDATION.match(line) or PLEDGE.match(line) or QUESTION.match(line) or articles_named(line))


class Counting:
    """Follows the numbers of paragraphs: which number can come next, and which only stands at the start of a line."""

    LARGEST_GAP = 6

    def __init__(self) -> None:
        self.last = 0
        self.before = 0

    def restart(self) -> None:
        """Expect number 1 again, or the next one of a count that goes on through the whole document."""
        self.before, self.last = self.last or self.before, 0

    def fits(self, number: int, after_sentence: bool) -> bool:
        """True if a paragraph with this number can follow; a gap or a new 1 needs the end of a sentence before it."""
        if number == self.last + 1 or (not self.last and number == self.before + 1):
            return True
        return after_sentence and (number == 1 or (self.last + 1 < number <= self.last + self.LARGEST_GAP and self.last > 0))

    def take(self, number: int) -> None:
        """Note that a paragraph has this number."""
        self.last = number


def ends_sentence(line: str) -> bool:
    """True if a line can be the last of a paragraph."""
    return bool(re.search(r"[.!?:;][”\"’')\]]*$|[”\"]$", CALL.sub("", line).rstrip()))
