"""Lists as other people send them: in several languages, layouts and encodings, with lines that are no rows.

All organizations and people in them are invented.
"""

import datetime

from . import list_builders as lists

FRENCH_REGISTER = [
    ["Dialogue constructif sur la traite des personnes"],
    ["Registre des communications reçues — état au 14 mars 2024"],
    [],
    [
        "N° d’ordre", "Entité", "Sigle", "Pays", "Intitulé de la communication", "Langue", "Pièce jointe",
        "Reçue le", "Thèmes", "Signataire", "Courriel", "Diffusion", "Accord",
    ],
    [
        1, "Association Rive Haute", "ARH", "Sénégal", "Ce que voient les ports", "français", "rive-haute.pdf",
        datetime.date(2024, 2, 3), "Enfants ; Ports", "Awa Ndoye", "awa@rive-haute.example",
        "Avec le nom de la personne et celui de l’organisation", "oui",
    ],
    [
        2, "Fundación Puerto Claro", "", "Espagne", "Los muelles de noche", "espagnol", "puerto_claro.txt",
        "4 février 2024", "Enfants", "", "info@puerto-claro.example", "Avec le seul nom de l’organisation", "oui",
    ],
    [
        3, "Beratungsstelle Lind", "", "Autriche", "Notes from a shelter", "anglais", "lind notes.txt",
        "2024-03-20", "Abris", "Mara Lind", "lind@beratung.example", "Sans aucun nom", "oui",
    ],
    [],
    ["Total", "", "", "", 3],
]  # fmt: skip

SPANISH_FORM = [
    [
        "Marca temporal", "Dirección de correo electrónico", "¿Cómo se llama su organización?",
        "¿En qué país tiene su sede?", "Título de su contribución", "Suba aquí su documento (PDF o Word)",
        "¿En qué idioma está escrita?", "¿Cómo quiere que aparezca su contribución?", "Contacto",
        "Doy mi consentimiento para que se publique",
    ],
    [
        "3/2/2024 16:20:11", "mesa@faro.example", "Faro del Sur", "Perú", "Las rutas del río", "faro_rutas.txt",
        "Español", "Solo con el nombre de la organización", "mesa@faro.example", "Sí",
    ],
    [
        "25/2/2024 9:01:44", "rosa@semilla.example", "Semilla Común", "México", "Trabajo sin contrato",
        "semilla.txt", "Español", "Sin ningún nombre", "rosa@semilla.example", "Sí",
    ],
]  # fmt: skip

RUSSIAN_SPEAKERS = [
    ["Список выступающих"],
    ["Фамилия и имя", "Должность", "Организация", "Роль", "Номер панели", "Эл. почта"],
    ["Анна Образцова", "директор", "Фонд «Берег»", "Модератор", "1", "anna@bereg.example"],
    ["Пётр Примеров", "юрист", "Открытый дом", "участник дискуссии", "1", "petr@dom.example"],
]

ARABIC_PROGRAMME = [
    ["برنامج الحوار البنّاء"],
    [],
    ["الرقم", "عنوان الجلسة", "النوع", "وقت البدء", "وقت الانتهاء", "القاعة"],
    ["١", "حماية الأطفال", "panel", "09:30", "10:45", "أ"],
    ["٢", "التعاون بين المدن", "panel", "11:00", "12:15", "أ"],
]

CHINESE_PAPERS = [
    ["文件名", "标题", "语言", "类型", "备注"],
    ["议程.txt", "会议议程", "中文", "programme", "最终版"],
    ["slides.txt", "Slides of the first panel", "英文", "presentation", ""],
]


def french_register() -> bytes:
    """Return an Excel file with two lines above its headings and a total below its rows."""
    return lists.xlsx(FRENCH_REGISTER)


def spanish_form() -> bytes:
    """Return the answers to a form as CSV in Windows-1252, with questions as headings."""
    return lists.semicolons(SPANISH_FORM)


def russian_speakers() -> bytes:
    """Return speakers with tabs in Windows-1251, with a line above the headings."""
    return "".join("\t".join(row) + "\r\n" for row in RUSSIAN_SPEAKERS).encode("cp1251")


def arabic_programme() -> bytes:
    """Return a programme in Excel, with Arabic digits."""
    return lists.xlsx(ARABIC_PROGRAMME)


def chinese_papers() -> bytes:
    """Return papers as CSV in GB 18030."""
    return "".join(",".join(row) + "\r\n" for row in CHINESE_PAPERS).encode("gb18030")
