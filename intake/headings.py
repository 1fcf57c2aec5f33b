"""The headings that people give the columns of lists, in six languages.

A heading with “=” before it counts only if it is the whole heading. The others also count inside a longer one, such as
the question of a form: “Title of your contribution”.
"""

FILE = (
    "filename", "file name", "document", "attachment", "=pdf", "upload",
    "fichier", "nom du fichier", "pièce jointe", "document joint",
    "archivo", "fichero", "nombre del archivo", "documento", "adjunto",
    "файл", "имя файла", "документ", "вложение",
    "الملف", "ملف", "اسم الملف", "المرفق", "الوثيقة",
    "文件", "文件名", "附件",
)  # fmt: skip
TITLE = (
    "what they sent", "what was sent", "title of contribution",
    "title of your contribution", "title of document", "title of paper", "=subject", "=paper",
    "=contribution", "paper title", "=document name", "=topic of contribution",
    "titre", "intitulé", "libellé", "libellé du document", "=contribution", "=communication", "=objet",
    "título", "=contribución", "=asunto", "=ponencia",
    "название", "заголовок", "заглавие", "наименование документа", "=тема",
    "العنوان", "عنوان",
    "标题", "题目", "题名", "=名称",
)  # fmt: skip
# The names of a title before the name of a language, as in “titre [ar]”.
TITLE_WORDS = ("titre", "título", "название", "العنوان", "标题")
JOB_TITLE_WORDS = ("job title", "position", "fonction", "cargo", "должность", "المنصب", "职务")
LANGUAGE = (
    "=lang", "langue", "idioma", "lengua", "язык", "اللغة", "لغة", "语言", "语种", "文种",
)  # fmt: skip
DIALOGUE = (
    "=meeting", "constructive dialogue", "dialogue", "=réunion", "diálogo", "=reunión", "диалог", "=мероприятие",
    "الحوار", "حوار", "对话",
)  # fmt: skip
CALL = (
    "=call", "call for contributions", "call title", "appel à contributions", "=appel", "convocatoria", "=призыв",
    "призыв к представлению материалов", "دعوة إلى تقديم المساهمات", "征文", "征稿",
)  # fmt: skip
ORGANIZATION = (
    "organisation", "organizations", "organisations", "ngo", "entity", "=sender", "=submitted by", "=from",
    "institution",
    "organization name", "=body", "submitting body", "name of your organization", "name of organization",
    "structure émettrice", "organisme émetteur",
    "=organisme", "nom de l’organisation", "nom de l’organisme", "entité", "ong", "=association", "=structure",
    "organización", "entidad", "institución",
    "организация", "название организации", "наименование организации", "нко", "учреждение", "=отправитель",
    "المنظمة", "منظمة", "اسم المنظمة", "الجهة", "=المؤسسة",
    "组织", "组织名称", "机构", "机构名称", "单位",
)  # fmt: skip
COUNTRY = ("=state", "=nation", "pays", "país", "страна", "البلد", "الدولة", "国家", "=国别")
RECEIVED = (
    "date received", "received on", "date rec’d", "date recd", "=received", "date of receipt", "=timestamp",
    "=date", "=submitted on",
    "submission date", "start time", "=completion time", "=sent on",
    "reçue le", "reçu le", "date de réception", "=date de l’envoi", "=horodateur", "=reçu",
    "fecha de recepción", "recibido el", "recibida el", "marca temporal", "=fecha",
    "дата получения", "получено", "=дата", "отметка времени",
    "تاريخ الاستلام", "تاريخ الورود", "=التاريخ", "طابع زمني",
    "收到日期", "接收日期", "=日期", "时间戳记", "提交时间", "提交日期",
)  # fmt: skip
TOPICS = (
    "topic", "topics", "theme", "themes", "keywords", "=subjects", "=thème", "thèmes", "=sujets", "mots clés",
    "=tema", "temas", "=темы", "тематика", "ключевые слова", "=الموضوع", "المواضيع", "موضوعات", "专题", "主题", "议题",
)  # fmt: skip
APPEAR_AS = (
    "appears", "=appear", "how to appear", "how it appears", "appear as", "publish as", "anonymity", "anonymous",
    "attribution", "how should",
    "diffusion", "=apparition", "apparaît", "apparaître", "anonymat", "anonyme", "=mention",
    "aparece", "aparezca", "aparecer", "anonimato", "anónimo", "anónima",
    "как указать", "как публиковать", "анонимность", "анонимно", "как отображается",
    "كيف تظهر", "طريقة الظهور", "كيفية الظهور", "مجهول", "匿名", "署名方式", "显示方式", "如何显示", "署名",
)  # fmt: skip
PERSON = (
    "=name", "person name", "=contact", "contact person", "author", "signed by", "signatory", "name of the person",
    "=nom", "signataire", "=auteur", "=autrice", "=contact", "personne de contact", "nom de la personne",
    "=nombre", "firmante", "=contacto", "persona de contacto", "=autor", "=autora", "nombre de la persona",
    "=имя", "контактное лицо", "подписавший", "автор", "=контакт",
    "=الاسم", "اسم الشخص", "الموقع", "المؤلف", "=جهة الاتصال", "=姓名", "联系人", "署名人", "作者",
)  # fmt: skip
CONSENT = (
    "consent", "consent given", "consented", "agreed", "permission", "i agree", "we agree", "=accord", "consentement",
    "accord de publication", "autorisation", "consentimiento", "autorización", "acepto", "согласие", "الموافقة",
    "موافقة", "同意",
)  # fmt: skip
NAME = (
    "=speaker", "full name", "name and surname", "surname and name", "first and last name", "=person", "=participant",
    "name of speaker",
    "=nom", "nom et prénom", "prénom et nom", "prénom nom", "nom prénom", "name of panellist", "=intervenant",
    "=intervenante", "=orateur",
    "=nombre", "nombre y apellidos", "nombre completo", "apellidos y nombre", "=orador", "=ponente",
    "=имя", "=фио", "фамилия и имя", "фамилия имя отчество", "=докладчик", "=выступающий",
    "=الاسم", "الاسم الكامل", "=المتكلم", "=المتحدث", "=姓名", "=发言人",
)  # fmt: skip
FIRST_NAME = (
    "first name", "given name", "given names", "forename", "=first", "prénom", "prénoms", "nombre de pila", "=nombres",
    "الاسم الأول", "=名",
)  # fmt: skip
LAST_NAME = (
    "family name", "last name", "surname", "=last", "nom de famille", "apellido", "apellidos", "фамилия", "اسم العائلة",
    "=اللقب", "=姓", "姓氏",
)  # fmt: skip
AUTHOR_BODY = (
    "author body", "person and organization in one", "author organization", "author organisation",
    "author and organization", "organization author", "author institution", "author affiliation", "auteur organisme",
    "auteur organisation", "autor organización", "autor entidad", "=who", "=sent by",
)  # fmt: skip
SENDER = ("sender is", "kind of sender", "type of sender")
DAY = ("=day", "=date", "=jour", "=día", "=fecha", "=дата", "=день", "=اليوم", "=التاريخ", "日期")
JOB_TITLE = (
    "job title", "designation", "=qualité", "=function", "=position", "title that day", "=fonction", "=titre",
    "=poste", "=cargo", "=puesto",
    "=función", "=должность", "=الوظيفة", "المنصب", "=المسمى الوظيفي", "职务", "=职位", "头衔",
)  # fmt: skip
ROLE = (
    "=part",
    "=capacity",
    "role in panel",
    "=rôle",
    "=papel",
    "=función en el panel",
    "роль",
    "الدور",
    "角色",
    "=身份",
)
PANEL = (
    "panel number", "=session", "session no", "panel title", "=table ronde", "=séance", "=mesa", "=sesión",
    "номер панели",
    "=панель", "=заседание", "=сессия", "=секция", "الجلسة", "=حلقة النقاش", "环节", "=专题小组",
)  # fmt: skip
NUMBER = (
    "=panel", "panel number", "=no", "=nr", "=n", "=numéro", "=número", "=номер", "=№", "الرقم", "رقم الجلسة", "编号",
    "序号",
)  # fmt: skip
KIND = (
    "=type",
    "=category",
    "=catégorie",
    "=categoría",
    "kind of",
    "type of",
    "=type de document",
    "=tipo",
    "тип",
    "=вид",
    "النوع",
    "类型",
    "种类",
)
PANEL_TITLE = (
    *TITLE, "panel title", "=name", "=topic", "=session", "=item", "=agenda item", "=intitulé de la séance",
    "=séance", "=sujet", "=point", "=nombre", "=sesión", "=mesa", "=punto", "=заседание", "=сессия", "=панель",
    "عنوان الجلسة", "=الجلسة", "=议题", "=会议", "=环节",
)  # fmt: skip
CHAIR = (
    "chairs", "chairperson", "chaired by", "co-chair", "co-chairs", "=presiding", "president",
    "présidence", "président", "présidente", "présidé par", "=preside", "presidencia", "presidente", "presidenta",
    "председатель", "сопредседатель", "председательствует", "الرئيس", "رئيس الجلسة", "الرئاسة", "主席", "共同主席",
)  # fmt: skip
MODERATOR = (
    "moderators", "moderated by", "=facilitator", "modérateur", "modératrice", "modération", "animé par",
    "moderador", "moderadora", "modera", "модератор", "ведущий", "مدير الجلسة", "الميسر", "主持人", "主持",
)  # fmt: skip
SPEAKERS = (
    "panellists", "panelists", "=panellist", "=panelist", "=speaker", "=presenter", "presenters", "discussants",
    "=participants", "intervenants", "intervenantes", "intervenant e s", "orateurs", "panélistes", "conférenciers",
    "ponentes", "panelistas", "oradores", "oradoras", "expositores", "intervinientes", "=ponente", "=intervenant",
    "докладчики", "участники дискуссии", "выступающие", "ораторы", "المتحدثون", "المتكلمون", "المشاركون في النقاش",
    "المحاورون", "发言人", "发言者", "讲者", "主讲人", "嘉宾",
)  # fmt: skip
ROOM = (
    "venue", "meeting room", "=place", "=location", "=where", "=hall", "salle", "=lieu", "=endroit", "=où", "sala",
    "=lugar", "=dónde", "зал", "=место", "место проведения", "помещение", "القاعة", "قاعة", "=المكان", "会议室", "会场",
    "=地点",
)  # fmt: skip
STARTS = (
    "=start", "=begins", "=from", "starts at", "=time", "=when", "=date and time", "=date time", "=hour",
    "=début", "=quand", "=heure", "=heure de début", "=inicio", "=cuándo", "=hora", "=hora de inicio",
    "начало", "=когда", "=час", "=время", "وقت البدء", "=البداية", "=متى", "=الوقت", "开始", "开始时间", "=时间",
)  # fmt: skip
ENDS = (
    "=end", "=until", "=to", "ends at", "=fin", "=heure de fin", "=hora de fin", "=término", "окончание", "=конец",
    "وقت الانتهاء", "=النهاية", "结束", "结束时间",
)  # fmt: skip
TOTALS = ("total", "totals", "sum", "somme", "suma", "итого", "всего", "المجموع", "الإجمالي", "总计", "合计", "共计")
