"""Spellings of names, made by rules that share nothing with the search: published tables of transliteration (iuliia), the declension of
Russian names (pytrovich), and tables of Kazakh written down here. The names were never looked at while the search was made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import iuliia
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

# surname, given name, gender; combined at random, of nobody
HELD_OUT = """\
Абуталипова Жулдыз f|Айтмагамбетов Нурлан m|Акылбекова Салтанат f|Алдабергенов Дамир m|Амангельдиева Раушан f|Андросова Людмила f
Аргынбаев Канат m|Ахтанова Зарина f|Бабошин Виталий m|Базарбекова Куралай f|Байгожина Алтынай f|Бактыгереев Ержан m
Барлыбаева Сания f|Бейсенгалиев Талгат m|Бердыгулова Майра f|Беляева Ксения f|Бирюкова Инна f|Бозтаева Гаухар f|Бочкарёв Фёдор m|Бугаенко Оксана f
Бычковский Станислав m|Васильченко Тамара f|Верещагин Яков m|Воробьёва Юлия f|Гайдукевич Роман m|Гладышева Нина f|Гольцов Эдуард m
Григорьева Любовь f|Давлетов Ильяс m|Дандыбаева Гульшат f|Демьяненко Олег m|Джаксыбеков Ермек m|Джумагулова Индира f|Дробышевская Вера f
Дюсембинов Асет m|Егизбаева Айнур f|Елеусизов Мухтар m|Ермолаева Анастасия f|Есенжолов Бауыржан m|Жакупбекова Динара f|Жантуаров Мейрам m
Жаркимбаева Жамиля f|Жекебаев Жомарт m|Жиенкулова Шынар f|Жолмухан Айдос m|Жусипбеков Чингиз m|Журавлёв Артём m|Загребельная Лидия f
Зейнуллин Ринат m|Зыкова Евгения f|Ибраимов Хасан m|Избасарова Ляззат f|Исмагулов Рустам m|Иркегалиева Умида f|Кабылбекова Назгуль f
Калымжанов Шакен m|Капышева Ботагоз f|Кенжегузин Азамат m|Кожагельдин Махамбет m|Колпакова Галина f|Копбаева Меруерт f|Крыжановский Лев m
Кудайбергенова Улжан f|Кузьмичёв Павел m|Курмангазин Бейбит m|Кушумбаева Самал f|Лаврентьева Дарья f|Лещинский Вадим m|Лукьянова Эльвира f
Макажанова Карлыгаш f|Мамбетов Толеген m|Масимханова Фарида f|Мельничук Тарас m|Миржакупова Хадиша f|Молдагалиев Сабыр m|Мурзахметова Зауре f
Мясникова Ульяна f|Найманбаев Ерлан m|Нигматуллин Тимур m|Нургожина Сауле f|Нысанбаев Олжас m|Овчаренко Мария f|Омарбекова Камшат f
Ордабаев Санжар m|Оспанкулова Рабига f|Палымбетов Алихан m|Переверзева Светлана f|Пивоваров Юрий m|Полежаев Илья m|Рамазанова Айжан f
Рыскельдинов Марат m|Сагимбаева Гульсара f|Садвакасов Алмас m|Сактаганова Асель f|Сандыбаев Арман m|Сарбасова Мадина f|Сатпаева Карина f
Сейтжапаров Даулет m|Семёнычева Валерия f|Сладковский Борис m|Смагулова Шолпан f|Соловьёв Геннадий m|Стамкулов Бахыт m|Сыдыкова Эльмира f
Таласбаев Серик m|Танирбергенова Алуа f|Татаринцев Григорий m|Тлепбергенов Кайрат m|Токмурзина Перизат f|Третьяков Дмитрий m|Туякбаева Анар f
Тюлебаев Данияр m|Уразалиева Сара f|Устименко Андрей m|Утепбергенова Роза f|Федорчук Наталья f|Хайруллин Марсель m|Халелова Айгерим f
Хван Виктор m|Хегай Людмила f|Цветаева Ирина f|Цуриков Максим m|Чердабаев Бекзат m|Чиковани Тамара f|Чокина Айсулу f|Шабденова Аружан f
Шайкенова Гульнар f|Шалабаев Ербол m|Шаяхметова Асия f|Шевцова Елизавета f|Шишигин Никита m|Шокпаров Нуржан m|Щеголева Татьяна f
Щукина Вероника f|Ыбыраев Досым m|Юсупова Малика f|Ягудина Рената f|Яворский Антон m|Ярмухамедова Дина f|Кан Лариса f|Огай Сергей m
Тян Светлана f|Шегай Роман m|Когай Инна f
Алтыбаева Нургуль f|Ашимханов Бекболат m|Байтасова Жансая f|Бектурсынов Адилет m|Бородулина Надежда f|Бутенко Кирилл m|Волошина Алла f|Гнедых Пётр m
Горячёва Раиса f|Джангельдин Амир m|Ерниязова Гаухар f|Жапаркулов Нурбек m|Жуматаева Толкын f|Заикин Вячеслав m|Зубкова Маргарита f|Изтурганова Асемгуль f
Кашкимбаев Мурат m|Киргизбаева Шолпан f|Клочкова Виктория f|Косенко Леонид m|Кузембаев Рамазан m|Лисицын Глеб m|Маханбетова Айсара f|Мосиенко Алина f
Наурзалиев Бекзат m|Нечаева Полина f|Олжабаев Жаслан m|Пшеничников Егор m|Разумовская Софья f|Рахметуллина Зульфия f|Савчук Богдан m|Сейдахметова Гульжан f
Скрипка Захар m|Сулейманкулова Жаннат f|Таубаев Алишер m|Тынышбаева Саида f|Успанов Дулат m|Филимонова Капитолина f|Хабибуллин Айдар m|Худайбергенова Мехрибан f
Чалабаева Райхан f|Шапиро Ефим m|Шугаева Альбина f|Эсенбаев Нурдин m|Юрьева Агата f|Ярошенко Богдан m|Ни Татьяна f|Лигай Виталий m|Пулатова Нигора f|Шыныбеков Ерасыл m"""

# Kazakh names with the letters that Russian lacks
KAZAKH = """\
Әбдіқадырова Гүлнәр|Әділханов Жәнібек|Бөкенбаева Ұлжан|Ғалиева Күләш|Дәулетбаева Мөлдір|Ермекұлы Нұрғиса|Жүнісбекова Әсем|Жәкенов Құдайберген|Кәрімқызы Жібек
Қайырбекова Ақбота|Қалдыбаев Мұрат|Құлмағамбетов Өмірбек|Қаңтарбаева Зәуре|Мәмбетқұлов Қуаныш|Мұқашева Әлия|Нұрпейісов Әбдіжәміл|Оңғарбаева Нәзипа
Өтеғалиев Серікбол|Рәшидов Бақытжан|Сәрсенбаева Қарлығаш|Сүлейменов Тұрар|Тәжібаев Дәурен|Төлегенұлы Әділет|Ұзақбаева Перизат|Үсенова Гүлмира
Шәкірова Айнұр|Шөмекеев Ғабит|Ысқақова Күміс|Ілиясова Сәбина|Ізтілеуов Ғани"""

SCHEMAS = [
    iuliia.ALA_LC, iuliia.ALA_LC_ALT, iuliia.BGN_PCGN, iuliia.BGN_PCGN_ALT, iuliia.BS_2979, iuliia.BS_2979_ALT, iuliia.GOST_16876, iuliia.GOST_16876_ALT,
    iuliia.GOST_52290, iuliia.GOST_52535, iuliia.GOST_7034, iuliia.GOST_779, iuliia.GOST_779_ALT, iuliia.ICAO_DOC_9303, iuliia.ISO_9_1954,
    iuliia.ISO_9_1968, iuliia.ISO_9_1968_ALT, iuliia.MOSMETRO, iuliia.MVD_310, iuliia.MVD_310_FR, iuliia.MVD_782, iuliia.SCIENTIFIC, iuliia.TELEGRAM,
    iuliia.UNGEGN_1987, iuliia.WIKIPEDIA, iuliia.YANDEX_MAPS, iuliia.YANDEX_MONEY,
]  # fmt: skip

_RUSSIFIED = dict(zip("әғқңөұүһі", "агкноуухи", strict=True))
# The decree of 2021 on the Latin alphabet of Kazakh, that of 2018, and BGN/PCGN 1979
_PLAIN = dict(
    zip(
        "абвгдезклмнопрстфцщьъэ",
        ["a", "b", "v", "g", "d", "e", "z", "k", "l", "m", "n", "o", "p", "r", "s", "t", "f", "ts", "shch", "", "", "e"],
        strict=True,
    )
)
KAZAKH_LATIN = {
    "2021": _PLAIN | dict(zip("әғқңөұүһіжийуыхчшюяё", ["ä", "ğ", "q", "ñ", "ö", "ū", "ü", "h", "ı", "j", "i", "i", "u", "y", "h", "ch", "ş", "iu", "ia", "io"], strict=True)),
    "2018": _PLAIN | dict(zip("әғқңөұүһіжийуыхчшюяё", ["á", "ǵ", "q", "ń", "ó", "u", "ú", "h", "i", "j", "ı", "ı", "ý", "y", "h", "ch", "sh", "ıý", "ıa", "ıo"], strict=True)),
    "bgn": _PLAIN | dict(zip("әғқңөұүһіжийуыхчшюяё", ["ä", "gh", "q", "ng", "ö", "u", "ü", "h", "i", "zh", "ī", "y", "ū", "y", "kh", "ch", "sh", "yu", "ya", "yo"], strict=True)),
}  # fmt: skip
_LOOKS = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")


def people() -> list[tuple[str, str, str]]:
    """Return surname, given name and gender of the persons with Russian names."""
    return [tuple(one.split()) for row in HELD_OUT.split("\n") for one in row.split("|")]


def kazakhs() -> list[tuple[str, str]]:
    """Return surname and given name of the persons with Kazakh names."""
    return [tuple(one.split()) for row in KAZAKH.split("\n") for one in row.split("|")]


def orders(surname: str, given: str) -> Iterator[str]:
    """Yield a name as it may stand in a text."""
    yield from (f"{given} {surname}", f"{surname} {given}", f"{surname}", f"{given[0]}. {surname}", f"{surname.upper()} {given}")


def russian(surname: str, given: str, gender: str) -> Iterator[str]:
    """Yield a name in the cases of Russian, and in transliterations."""
    maker, sex = PetrovichDeclinationMaker(), {"f": Gender.FEMALE, "m": Gender.MALE}[gender]
    for case in Case:
        forms = maker.make(NamePart.LASTNAME, sex, case, surname), maker.make(NamePart.FIRSTNAME, sex, case, given)
        yield from orders(*forms)
        for schema in (iuliia.BGN_PCGN, iuliia.ICAO_DOC_9303, iuliia.ISO_9_1968):
            yield schema.translate(" ".join(forms))
    for schema in SCHEMAS:
        latin = [schema.translate(word) for word in (surname, given)]
        yield from (f"{latin[1]} {latin[0]}", latin[0], f"{latin[0]} {latin[1]}", f"{latin[1][0]}. {latin[0]}")


def kazakh(surname: str, given: str) -> Iterator[str]:
    """Yield a name with the suffixes of Kazakh, as Russian writes it, and in the Latin alphabets of Kazakh."""
    russified = ["".join(_cased(char, _RUSSIFIED) for char in word) for word in (surname, given)]
    yield from orders(surname, given)
    yield from orders(*russified)
    yield from (schema.translate(" ".join(russified)) for schema in SCHEMAS)
    for table in KAZAKH_LATIN.values():
        yield from orders(*("".join(_cased(char, table) for char in word) for word in (surname, given)))
    yield from (f"{given} {surname}{suffix}" for suffix in suffixes(surname))


def suffixes(word: str) -> Iterator[str]:
    """Yield the endings of the cases of Kazakh after a word: by the harmony of its last vowel and by its last letter."""
    vowels = [char for char in word.lower() if char in "аәеоөуұүыіияюэ"]
    thin, last = vowels[-1] in "әеөүіиэ", word[-1].lower()
    kind = "vowel" if last in "аәеоөуұүыіияюэ" else "nasal" if last in "мнң" else "soft" if last in "рлйузж" else "hard"
    rows = {
        "vowel": ("ның", "ға", "ны", "да", "дан", "мен"), "nasal": ("ның", "ға", "ды", "да", "нан", "мен"),
        "soft": ("дың", "ға", "ды", "да", "дан", "мен"), "hard": ("тың", "қа", "ты", "та", "тан", "пен"),
    }  # fmt: skip
    table = str.maketrans("ыағқ", "іегк") if thin else {}
    yield from (suffix.translate(table) for suffix in rows[kind])


def _cased(char: str, table: dict[str, str]) -> str:
    changed = table.get(char.lower(), char.lower())
    return changed.capitalize() if char.isupper() else changed


def disguised(surname: str, given: str) -> Iterator[str]:
    """Yield a name as layout, copying and ill will change it."""
    half = len(surname) // 2
    before, after = surname[:half], surname[half:]
    yield from (
        f"{given} {before}-\n{after}",
        f"{before}-\n{after}",
        f"{before}\u2010\n   {after}",
        f"{before}\u00ad{after}",
        f"{before}\u200b{after}",
    )
    yield from (
        f"{given}\n{surname}",
        f"{given}\u00a0{surname}",
        f"{surname}, {given}",
        f"«{surname}»",
        f"({given} {surname})",
        f"{surname};",
    )
    yield unicodedata.normalize("NFD", f"{given} {surname}")
    yield "".join(char + "\u200d" for char in surname)
    yield " ".join(surname)
    yield surname.translate(_LOOKS)
    yield f"{given} {surname}".translate(_LOOKS)
    latin = iuliia.ICAO_DOC_9303.translate("".join(_cased(char, _RUSSIFIED) for char in f"{given} {surname}"))
    first, last = latin.split()
    yield from (
        f"{first}_{last}.jpg",
        f"{last.lower()}-{first.lower()}.pdf",
        f"{first}{last}",
        f"{last}'s",
        f"{last}\u2019s",
        latin.upper(),
    )
    yield "".join(chr(ord(char) + 0xFEE0) if char.isalpha() and char.isascii() else char for char in latin)
    for old, new in (
        ("zh", "j"),
        ("ya", "ia"),
        ("iu", "yu"),
        ("kh", "h"),
        ("y", "i"),
        ("e", "ye"),
        ("ov$", "off"),
        ("ev$", "eff"),
        ("sh", "ch"),
        ("kh", "x"),
    ):
        if re.search(old, last.lower()):
            changed = re.sub(old, new, last.lower()).capitalize()
            yield from (changed, f"{first} {changed}", f"{first[0]}. {changed}")


def every() -> Iterator[tuple[str, str]]:
    """Yield each person ("Surname, Given") with each spelling."""
    for surname, given, gender in people():
        name = f"{surname}, {given}"
        yield from ((name, variant) for variant in dict.fromkeys((*russian(surname, given, gender), *disguised(surname, given))))
    for surname, given in kazakhs():
        yield from ((f"{surname}, {given}", variant) for variant in dict.fromkeys((*kazakh(surname, given), *disguised(surname, given))))
