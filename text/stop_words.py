"""Stop words: articles, pronouns, prepositions, conjunctions and auxiliary verbs.

Lists in packages go much further. They hold words that proceedings are searched for, such as state, member, right,
world, women, guerra and Россия, and their authors mix function words with frequent nouns.
"""

ENGLISH = """
a an the this that these those such same some any each few more most other own all both
i me my myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
it its itself they them their theirs themselves who whom whose which what
am is are was were be been being have has had having do does did doing can could shall should will would
about above after again against at before below between by down during for from in into of off on out over through to
under until up upon with
and but or nor if because as while than so
not no only very just too then once here there when where why how further now
s t d m ll re ve don
"""

FRENCH = """
l le la les un une du de des d à au aux ce cet cette ces celui celle ceux celles ceci cela ça
je j me m moi tu te t toi il elle on nous vous ils elles se s lui leur leurs eux y en
mon ma mes ton ta tes son sa ses notre nos votre vos même
qui que qu quoi dont où lequel laquelle lesquels lesquelles auquel duquel
dans par pour avec sur sous sans entre vers chez et ou ni mais si comme donc lorsque puisque quand
ne n pas c aussi ainsi alors très
être étant été étée étés étées suis es est sommes êtes sont étais était étions étiez étaient fus fut fûmes fûtes
furent serai seras sera serons serez seront serais serait serions seriez seraient sois soit soyons soyez soient fusse
fusses fût fussions fussiez fussent
avoir ayant eu eue eus eues ai as a avons avez ont avais avait avions aviez avaient eut eûmes eûtes eurent aurai auras
aura aurons aurez auront aurais aurait aurions auriez auraient aie aies ait ayons ayez aient eusse eusses eût eussions
eussiez eussent
"""

# Without forms of estar and ser that are nouns as well: estado and its forms (a State), sea and era.
SPANISH = """
el la lo los las un una uno unos unas al del este esta esto estos estas ese esa eso esos esas aquel aquella aquello
aquellos aquellas
yo me mí mi mis mío mía míos mías tú te ti tu tus tuyo tuya tuyos tuyas él ella ello ellos ellas se sí su sus suyo suya
suyos suyas nos nosotros nosotras nuestro nuestra nuestros nuestras os vosotros vosotras vuestro vuestra vuestros
vuestras le les
que qué quien quién quienes cual cuál cuales cuando como cómo donde dónde cuyo cuya cuyos cuyas
a ante bajo con contra de desde durante e en entre hacia hasta para por según sin sobre tras
y o u ni pero sino si porque pues aunque mientras
no más muy ya también tanto algo nada poco mucho muchos otro otra otros otras algunos algunas todo todos cada antes
ser siendo sido soy eres es somos sois son seamos seáis sean seré serás será seremos seréis serán sería serías
seríamos seríais serían eras éramos erais eran fui fuiste fue fuimos fuisteis fueron fuera fueras fuéramos fuerais
fueran fuese fueses fuésemos fueseis fuesen
estar estando estoy estás está estamos estáis están esté estés estemos estéis estén estaré estarás estará estaremos
estaréis estarán estaría estarías estaríamos estaríais estarían estaba estabas estábamos estabais estaban estuve
estuviste estuvo estuvimos estuvisteis estuvieron estuviera estuvieras estuviéramos estuvierais estuvieran estuviese
estuvieses estuviésemos estuvieseis estuviesen
haber habiendo habido habida habidos habidas he has ha hay hemos habéis han haya hayas hayamos hayáis hayan habré
habrás habrá habremos habréis habrán habría habrías habríamos habríais habrían había habías habíamos habíais habían
hube hubiste hubo hubimos hubisteis hubieron hubiera hubieras hubiéramos hubierais hubieran hubiese hubieses hubiésemos
hubieseis hubiesen
tener teniendo tenido tenida tenidos tenidas tengo tienes tiene tenemos tenéis tienen tenga tengas tengamos tengáis
tengan tendré tendrás tendrá tendremos tendréis tendrán tendría tendrías tendríamos tendríais tendrían tenía tenías
teníamos teníais tenían tuve tuviste tuvo tuvimos tuvisteis tuvieron tuviera tuvieras tuviéramos tuvierais tuvieran
tuviese tuvieses tuviésemos tuvieseis tuviesen
"""

RUSSIAN = """
я меня мне мной мною мы нас нам нами ты тебя тебе тобой вы вас вам вами он его него ему нему ним нём нем она её ее ей
ею неё нее ней оно они их них им ими ними себя себе собой мой моя моё мое мои наш наша наше наши нашей наших нашего
ваш ваша ваше ваши свой своя своё свое свои своего своей своих свою своим
этот эта это эти этого этой этому этим этом этих эту тот та то те того той тому тем том тех ту такой такая такое такие
какой какая какое какие кто кого кому чей что чего чему чем который которая которое которые которого которой которому
которым котором которых которую сам сама само сами все всё всех всем всего всей вся
в во на с со к ко из от ото у о об обо по за под над при про для до без через после перед между
и а но да или либо же ж ли бы б если как так чтобы чтоб потому когда где куда тогда тут там здесь зачем будто ведь
не ни нет уж уже ещё еще лишь только даже вот тоже также более больше всегда теперь сейчас потом иногда опять почти
разве очень совсем чуть хоть впрочем
быть был была было были буду будет будем будут будучи есть может можно надо нельзя
"""

ARABIC = """
في من على إلى عن مع عند لدى حول بين منذ حتى خلال بعد قبل دون ضد نحو لدي بدون
و أو أم ثم بل لكن أن إن أنه أنها إنه إنها لأن كما كي لكي إذا إذ لو إما حيث بينما لا لم لن ما ليس ليست قد لقد سوف هل
هذا هذه ذلك تلك هؤلاء أولئك الذي التي الذين اللذان اللتان اللاتي اللواتي
أنا نحن أنت أنتم هو هي هم هن هما كل كلا أي غير أيضا فقط
فيه فيها منه منها منهم عليه عليها عليهم إليه إليها إليهم به بها بهم له لها لهم لنا عنه عنها بما مما وما وهو وهي وفي ومن
وعلى وإلى وعن وأن وإن ولا ولم كان كانت كانوا يكون تكون
"""


def words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())
