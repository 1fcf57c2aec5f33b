"""Verbs with which a press release says that somebody spoke, in English, French and Spanish."""

STEMS = """
    add emphasis emphasiz underlin underscor stress highlight explain remark observ not conclud continu recall remind
    warn urg argu insist affirm reaffirm declar ask respond answer comment shar reflect acknowledg caution summariz
    summaris announc report reiterat maintain assert describ express plead appeal agre confirm suggest propos recommend
    lament testif advocat mention indicat clarif contend call compar stat point elaborat question invit assur concur
    predict encourag outlin demand echo signal recount counter counsel attest reveal prais joke jok quip quipp remember
    wonder inquir enquir confess object proclaim deplor admitt admit recogniz recognis criticiz criticis chim promis
    label labell voic disagre prefer preferr""".split()  # noqa: SIM905
IRREGULAR = """said says told tells spoke speaks put puts wrote writes replied replies held holds thought thinks
    believes believed felt feels testified testifies clarified clarifies began begins went goes""".split()  # noqa: SIM905
FORMS = sorted({*IRREGULAR, *(rf"{stem}(?:e?d|es|s)" for stem in STEMS)}, key=len, reverse=True)
ADVERB = r"(?:(?:also|further|then|later|again|in turn|once more|too|has|had|first|\w+ly)\s+)"
PARTICIPLE = "(?:ajouté|déclaré|dit|affirmé|expliqué|souligné|précisé|indiqué|estimé|rappelé|répondu|conclu|averti)"
FRENCH = rf"(?:a (?:\w+ )?{PARTICIPLE}|dit|déclare|affirme|explique|souligne|estime|rappelle|ajoute|conclut)"
SPANISH = "(?:dijo|sostuvo|(?:afirm|añadi|agreg|explic|señal|subray|declar|indic|record|advirti|destac|asegur)ó)"
SPOKE = rf"{ADVERB}*(?:{'|'.join(FORMS)}|took the floor|delivered|welcomed|thanked|opened|closed)"
SPEECH_VERB = rf"(?:{SPOKE}|{FRENCH}|{SPANISH})(?![\w-])"
STAGE_VERB = rf"{ADVERB}*(?:(?:co-)?chaired|moderated|facilitated|presented|addressed|introduced|briefed)(?![\w-])"
