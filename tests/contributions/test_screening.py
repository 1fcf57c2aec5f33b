"""What the screening finds and what it does not, in six languages."""

import itertools
import json
import lzma
from pathlib import Path

import pytest

from contributions.screening import MAX_FINDINGS, find_personal_data, likely_language

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
FOUND = {
    "vehicle": [
        ("They came in a white van, number plate UBA 123C, at night.", "UBA 123C"),
        ("a Toyota (licence plates: KBX-456-T)", "KBX-456-T"),
        ("The vehicle registration number was AB12 CDE.", "AB12 CDE"),
        ("a car with plate no. 34 ABC 567 waited", "34 ABC 567"),
        ("un camion immatriculé AB-123-CD", "AB-123-CD"),
        ("la plaque d’immatriculation : 1234 TU 56", "1234 TU 56"),
        ("una furgoneta con matrícula 1234 BCD", "1234 BCD"),
        ("un auto de placas ABC-123", "ABC-123"),
        ("машина с номером А123ВС77", "А123ВС77"),
        ("госномер М456ОР199 запомнили", "М456ОР199"),
        ("他们的车是京A·12345。", "京A·12345"),
        ("车牌号：粤B6789Z", "粤B6789Z"),
        ("سيارة لوحة رقم ١٢٣٤ أ ب ج", "١٢٣٤ أ ب ج"),
    ],
    "email": [
        ("Write to amina.yusuf+x@mail.example.org, please.", "amina.yusuf+x@mail.example.org"),
        ("amina [at] example [dot] org", "amina [at] example [dot] org"),
        ("Escribid a amina(arroba)example.org", "amina(arroba)example.org"),
        ("请联系zhang@example.cn或来信。", "zhang@example.cn"),
        ("راسلونا على amina@example.org.", "amina@example.org"),
        ("Пишите на amina@example.ru.", "amina@example.ru"),
        ("Write to amina at example dot org, please.", "amina at example dot org"),
        ("amina AT example DOT org", "amina AT example DOT org"),
        ("amina @ example.org", "amina @ example.org"),
    ],
    "phone": [
        ("Reach us at +44 7700 900123.", "+44 7700 900123"),
        ("(+234) 803 123 4567", "(+234) 803 123 4567"),
        ("0043-1-26060-0, 00431260600", "0043-1-26060-0"),
        ("Call me on 555-0123 today", "555-0123"),
        ("My number: 0803 123 4567", "0803 123 4567"),
        ("Appelez le 01 42 68 53 00.", "01 42 68 53 00"),
        ("06.12.34.56.78", "06.12.34.56.78"),
        ("Llame al 612 345 678", "612 345 678"),
        ("(212) 555-0123", "(212) 555-0123"),
        ("Звоните 8 (912) 345-67-89", "8 (912) 345-67-89"),
        ("тел. 345-67-89", "345-67-89"),
        ("电话13812345678请打", "13812345678"),
        ("手机：010-8529 6618", "010-8529 6618"),
        ("هاتف ٠١٢٣٤٥٦٧٨٩", "٠١٢٣٤٥٦٧٨٩"),
        ("اتصلوا +٢٠ ١٢٣ ٤٥٦ ٧٨٩٠", "+٢٠ ١٢٣ ٤٥٦ ٧٨٩٠"),
        ("2024-07-10 0803 123 4567", "0803 123 4567"),
        ("Ring 00 256 772 123456", "00 256 772 123456"),
    ],
    "profile": [
        ("See https://www.facebook.com/amina.yusuf.9 there", "https://www.facebook.com/amina.yusuf.9"),
        ("t.me/amina_y", "t.me/amina_y"),
        ("follow @amina_y now", "@amina_y"),
        ("WeChat: amina_1990", "amina_1990"),
        ("微信号：amina_1990", "amina_1990"),
        ("Телеграм: amina90", "amina90"),
    ],
    "bank": [
        ("IBAN DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("Account number: 0123456789", "0123456789"),
        ("compte bancaire 1234 5678 901", "1234 5678 901"),
        ("расчётный счёт 40702810500000012345", "40702810500000012345"),
        ("银行账号：6222021234567890123", "6222021234567890123"),
        ("card 4111 1111 1111 1111", "4111 1111 1111 1111"),
    ],
    "document": [
        ("passport no. A1234567", "A1234567"),
        ("passeport 12 3456789", "12 3456789"),
        ("паспорт 4509 123456", "4509 123456"),
        ("护照号码：G12345678", "G12345678"),
        ("جواز سفر رقم A1234567", "A1234567"),
        ("身份证110101199003074514", "110101199003074514"),
    ],
    "birth": [
        ("She was born in Kampala on 3 March 2007.", "3 March 2007"),
        ("DOB: 12/05/2006", "12/05/2006"),
        ("née le 4 mai 2008 à Lomé", "4 mai 2008"),
        ("Nacida el 4 de mayo de 2008", "4 de mayo de 2008"),
        ("родилась 4 мая 2008 года", "4 мая 2008"),
        ("出生日期：2008年5月4日", "2008年5月4日"),
        ("تاريخ الميلاد: ٤ مايو ٢٠٠٨", "٤ مايو ٢٠٠٨"),
    ],
    "address": [
        ("She lives at 14 Harbour Street, Mombasa.", "14 Harbour Street"),
        ("Flat 3, 22B Rose Lane, Leeds", "3, 22B Rose Lane"),
        ("P.O. Box 4411, Kampala", "P.O. Box 4411"),
        ("Elle habite au 12 bis, rue des Lilas, 69003 Lyon.", "12 bis, rue des Lilas"),
        ("Vive en la calle Mayor 15, 3º B", "calle Mayor 15, 3"),
        ("Avenida de la Paz, n.º 7", "Avenida de la Paz, n.º 7"),
        ("Она живёт: ул. Ленина, д. 5, кв. 12", "ул. Ленина, д. 5"),
        ("Das Haus, Lindengasse 5, Wien", "Lindengasse 5"),
        ("她住在朝阳区建国路88号3单元502室", "在朝阳区建国路88号"),
        ("تسكن في شارع الرشيد رقم ١٢", "شارع الرشيد رقم ١٢"),
        ("The shelter: -1.286389, 36.817223", "-1.286389, 36.817223"),
        ("1°17'11\" S, 36°49'02\" E", "1°17'11\" S, 36°49'02\" E"),
        ("https://maps.app.goo.gl/Ab12Cd34 is the gate", "https://maps.app.goo.gl/Ab12Cd34"),
        ("the door is ///filled.count.soap there", "///filled.count.soap"),
    ],
    "name": [
        ("Our client Fatou Diallo paid.", "Fatou Diallo"),
        ("The witness, Peter Ouma, saw it.", "Peter Ouma"),
        ("Fatou was trafficked twice.", "Fatou"),
        ("Grace Okello a été enlevée", "Grace Okello"),
        ("Rosa Quispe fue detenida", "Rosa Quispe"),
        ("Анна Петрова была похищена", "Анна Петрова"),
        ("I, Hannah Weiss, was held for two years.", "Hannah Weiss"),
        ("La testigo Rosa Quispe habló", "Rosa Quispe"),
        ("受害者王小丽说她被骗", "王小丽"),
        ("قالت الضحية فاطمة أحمد إن الشرطة", "فاطمة أحمد"),
        ("الناجية سعاد روت لنا", "سعاد"),
        ("We met a girl named Amina in the camp.", "Amina"),
        ("My name is Maria Elena de la Cruz and", "Maria Elena de la Cruz"),
        ("The victim, Amina Yusuf, was sold.", "Amina Yusuf"),
        ("Amina (14) was sold", "Amina"),
        ("Amina, aged 14, was sold", "Amina"),
        ("The survivor told us that Grace O. Okafor paid", "Grace O. Okafor"),
        ("Elle s’appelle Fatou N’Diaye.", "Fatou N’Diaye"),
        ("la fillette, Aïcha, vit", "Aïcha"),
        ("Jean-Pierre Mba, 16 ans, a fui", "Jean-Pierre Mba"),
        ("Una niña llamada Lucía fue", "Lucía"),
        ("la víctima María Pérez dijo", "María Pérez"),
        ("Девочку зовут Анна Иванова.", "Анна Иванова"),
        ("потерпевшая Мария Петрова сказала", "Мария Петрова"),
        ("她名叫王小红，今年", "王小红"),
        ("我叫李明。", "李明"),
        ("فتاة اسمها فاطمة.", "فاطمة"),
        ("طفلة تدعى مريم، وعمرها", "مريم"),
    ],
}
NOT_FOUND = [
    "On 10.07.2024, 2024-07-10 and 10/07/2024 from 2000-2012 to 2013–14.",
    "See TIP-2024-0012, A/RES/55/25, S/2000/1234 and document 01-59123 (E).",
    "ISBN 978-3-16-148410-0, ISBN 0-306-40615-2 and ISSN 0317-8471.",
    "Law No. 27.693, Article 132.1, loi n° 2004-123, ley 20.507, закон № 127-ФЗ, Directive 2011/36/EU.",
    "1,000,000 people, 1 000 000 de personnes, 600 000 000 and $25.000.000 by 2030; 0.5 1.2 3.4 0.7 percent",
    "From 1998 1999 2000 2001 to 2002; 12 345 678 tonnes; 12:30-14:00; 50 000 жертв; 300万人",
    "The victims of trafficking in South Africa and Sierra Leone need the United Nations.",
    "Child victims told the Human Rights Council. Girls in Darfur. The so-called Tobin tax.",
    "Victims. Marie Curie was a physicist.",
    "Les victimes au Burkina Faso; la víctima en Costa Rica; жертвы в Российской Федерации",
    "We called the Assembly to act, and called on Member States; a country named Chad.",
    "联合国毒品和犯罪问题办公室于2024年7月10日在维也纳举行会议。",
    "عقد الاجتماع في فيينا في ١٠ يوليو ٢٠٢٤ بحضور ٣٠٠ مشارك.",
    "Всеобщая декларация прав человека, принятая в 1948 году.",
    "We arrived at this point from another; look @ page 3.5; 45.5, 30.2 percent; 12.5000 tonnes",
    "In 2010 main streets, 3 street lights; the 5 Roads Agreement; 40 rue; calle 2019; at 20° C",
    "All are born free: see the Declaration of 10 December 1948. 受害者高度重视。受害人说，证人说。",
    "قالت الضحية إن الشرطة لم تحضر. The witness was heard. Thousands were arrested and Women are sold.",
    "The plates of 2019 were full; plate 12 shows a map; registration of births in 2004 rose by 1234 cases.",
    "Registration number of the law; matrícula escolar 2010; immatriculation des navires en 2004; placas solares 300",
    "New number plates were issued; licence plates cost 30 euros; а также номера 1234; 京都Aでは",
    "price @ 10 euros, a@b, www.example.org/report-2024, IBAN DE00 1234 5678 9012 3456 78",
    "",
]


@pytest.mark.parametrize(
    ("kind", "text", "part"), [(kind, *case) for kind, cases in FOUND.items() for case in cases], ids=str
)
def test_personal_data_is_found(kind, text, part):
    assert (kind, part) in [(finding.kind, finding.found) for finding in find_personal_data([("text", text)])]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_other_text_is_no_finding(text):
    assert [(finding.kind, finding.found) for finding in find_personal_data([("text", text)])] == []


def test_a_finding_has_its_place_and_the_text_around_it():
    text = "x" * 60 + " <b>amina@example.org</b> " + "y" * 60
    (finding,) = find_personal_data([("page 3", text)])
    assert (finding.place, text[finding.start : finding.end]) == ("page 3", "amina@example.org")
    assert (finding.before, finding.found, finding.after) == (
        "x" * 36 + " <b>", "amina@example.org", "</b> " + "y" * 35
    )  # fmt: skip
    assert finding.before + finding.found + finding.after == finding.excerpt
    assert finding.why == "Looks like an email address."


@pytest.mark.parametrize(
    ("before", "after", "excerpt"),
    [
        ("نقترح سجلاً علنياً للشكاوى في كل ميناء. للتواصل: ",
         " أو الاتصال بالمكتب الرئيسي في المدينة القديمة والميناء",
         "علنياً للشكاوى في كل ميناء. للتواصل: |a@example.org| أو الاتصال بالمكتب الرئيسي في المدينة"),
        ("We propose a register of complaints in each port. Write to ",
         " and nobody else will be told of what you wrote",
         "of complaints in each port. Write to |a@example.org| and nobody else will be told of what"),
        ("港口" * 30, "港口" * 30, "港口" * 20 + "|a@example.org|" + "港口" * 20),
        ("Short: ", " end", "Short: |a@example.org| end"),
    ],
)  # fmt: skip
def test_an_excerpt_cuts_no_word(before, after, excerpt):
    (finding,) = find_personal_data([("text", f"{before}a@example.org{after}")])
    assert f"{finding.before}|{finding.found}|{finding.after}" == excerpt


def test_findings_are_in_the_order_of_the_texts_and_do_not_overlap():
    texts = [("title", "WhatsApp: +44 7700 900123"), ("text", "My name is Amina: amina@example.org, +1 212 555 0123")]
    assert [(finding.place, finding.kind, finding.found) for finding in find_personal_data(texts)] == [
        ("title", "phone", "+44 7700 900123"),
        ("text", "name", "Amina"),
        ("text", "email", "amina@example.org"),
        ("text", "phone", "+1 212 555 0123"),
    ]


def test_known_public_names_are_left_out():
    text = "The victim met Jane Smith. The survivor Ana Ruiz, named Ruiz."
    assert [finding.found for finding in find_personal_data([("text", text)])] == ["Jane Smith", "Ana Ruiz", "Ruiz"]
    assert [finding.found for finding in find_personal_data([("text", text)], known=["Dr JANE Smith"])] == [
        "Ana Ruiz",
        "Ruiz",
    ]
    assert list(find_personal_data([("text", text)], known=(name for name in ["Jane Smith", "Ana Ruiz"]))) == []
    assert len(find_personal_data([("text", text)], known=["", "Jane"])) == 3


def test_there_are_at_most_200_findings_and_more_are_reported():
    address = "a@example.org\n"
    for times, more in ((MAX_FINDINGS, False), (MAX_FINDINGS + 1, True), (5000, True)):
        found = find_personal_data([("text", address * times)])
        assert (len(found), found.more) == (MAX_FINDINGS, more)
        assert [finding.start for finding in found] == [len(address) * number for number in range(MAX_FINDINGS)]
    spread = find_personal_data(("page", address * 150) for _ in range(2))
    assert (len(spread), spread.more) == (MAX_FINDINGS, True)


PIECES = [
    "a", "a@", "a@a.", "1 ", "+1 ", "0803 123 4567", "(", "A'", "Amina-", "Amina ", "girl ", "girl Amina Aa ", "named ",
    "1 Aa ", "1 rue de ", "calle A ", "1°", "شارع اا ", "born 1", "a at a dot ", "x @ ", "Amina was ", "受害者王",
    "名叫", "اسمها ", "passport ", "tel ", "DE44 ", "x.com", "\n", " ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_every_text_takes_linear_time(piece):
    """A search that backtracks would take hours."""
    assert len(find_personal_data([("text", piece * (200_000 // len(piece)))])) <= MAX_FINDINGS


def test_a_very_long_text_takes_linear_time():
    text = "".join(piece * (100_000 // len(piece)) for piece in PIECES if "@" not in piece)
    assert len(text) > 1_800_000
    assert len(find_personal_data([("text", text + text[:200_000])])) <= MAX_FINDINGS


def test_real_speeches_raise_few_findings():
    if not CORPUS.exists():
        pytest.skip("needs the shared corpus, ../shared/corpus")
    with lzma.open(CORPUS / "ungdc-2000-2012.jsonl.xz", "rt") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, 100)]
    alarms, words = (
        sum(len(find_personal_data([("text", text)])) for text in texts),
        sum(len(text.split()) for text in texts),
    )
    assert alarms / words < 0.2 / 1000
    assert {likely_language(text, "en") for text in texts} == {None}


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_a_text_in_another_language_is_detected(language):
    if not CORPUS.exists():
        pytest.skip("needs the shared corpus, ../shared/corpus")
    text = "\n".join(json.loads((CORPUS / "udhr-six-languages.json").read_text("utf8"))[language])
    for said in ("ar", "zh", "en", "fr", "ru", "es"):
        assert likely_language(text, said) == (None if said == language else language)


@pytest.mark.parametrize(
    "text",
    ["", "Trop court pour le dire.", "1 2 3 " * 50, "Open Door Amina Yusuf " * 30,
     "We met them and they said that it was so. " * 5 + "Мы встретили их и они сказали это нам. " * 5,
     "We met them and they said that it was so. " * 5 + "Nous les avons vus et ils ont dit que oui. " * 5],
)  # fmt: skip
def test_no_other_language_is_detected_in_short_or_mixed_texts_or_lists_of_names(text):
    for said in ("en", "fr"):
        assert likely_language(text, said) is None
