"""Which letters people use where an old encoding is usual, the commonest first."""

# encoding: the languages written in it, each as its small letters beyond ASCII from common to rare.
# The order decides between equals: Windows before DOS, and what is usual in the West first.
ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": (
        "üäöß",
        "éèàêçôîâûùëïœ",
        "áóíñéúü¿¡",
        "ãçáéíõóâêúàô",
        "åäöøæé",
        "èàòùéì",
        "ëéïöüè",
        "áðíéóúýþæö",
    ),
    "iso8859-15": ("üäöß", "éèàêçôîâûùëïœ", "áóíñéúü¿¡"),
    "cp1250": (
        "ęąłóżśćńź",
        "íáéěýřčžšůúťďňó",
        "áéóöőíüúű",
        "ăîâţşșț",
        "čšžćđ",
        "áíčéýžšúľťôďňóäŕĺ",
    ),
    "iso8859-2": ("ęąłóżśćńź", "íáéěýřčžšůúťďňó", "čšžćđ"),
    "cp1251": ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ№",),
    "cp1253": ("αοιετσνηυρπκμλςίόάέήδγχθώύφβξζψϊΰΐϋω",),
    "iso8859-7": ("αοιετσνηυρπκμλςίόάέήδγχθώύφβξζψϊΰΐϋω",),
    "cp1254": ("ıişüçğö",),
    "cp1257": ("āīēšņžūļģčķ", "ėįšžųūčąę", "äõüöšž"),
    "cp850": ("üäöß", "éèàêçôîâûùëï", "áóíñéúü¿¡", "åäöøæé", "ãçáéíõóâêúà"),
    "cp437": ("üäöß", "éèàêçôîâûùëï", "áóíñéú¿¡", "åäö"),
    "cp852": ("ęąłóżśćńź", "íáéěýřčžšůúťďňó", "áéóöőíüúű"),
    "cp866": ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё№",),
    "koi8-r": ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",),
    "mac-roman": ("üäöß", "éèàêçôîâûùëïœ", "áóíñéúü¿¡", "åäöøæé", "ãçáéíõóâêúà"),
}

# How much a sign that makes sense in an encoding counts: the rarer the encoding is met, the less.
USUAL: dict[str, float] = {
    "cp1252": 1.0,
    "iso8859-15": 0.9,
    "cp1250": 0.9,
    "iso8859-2": 0.85,
    "cp1251": 0.95,
    "cp1253": 0.95,
    "iso8859-7": 0.94,
    "cp1254": 0.92,
    "cp1257": 0.8,
    "cp850": 0.9,
    "cp437": 0.88,
    "cp852": 0.7,
    "cp866": 0.75,
    "koi8-r": 0.75,
    "mac-roman": 0.85,
}

# Languages that stand beside each other in the lists of one company, as in Switzerland or along a border.
_BESIDE = {
    ("cp1252", "iso8859-15", "cp850", "cp437", "mac-roman"): (
        ("üäöß", "éèàêçôîâûùëïœ"),
        ("üäöß", "áóíñéúü¿¡"),
        ("üäöß", "åäöøæé"),
        ("üäöß", "èàòùéì"),
        ("éèàêçôîâûùëïœ", "áóíñéúü¿¡"),
    ),
    ("cp1250", "iso8859-2", "cp852"): (
        ("üäöß", "ęąłóżśćńź"),
        ("üäöß", "íáéěýřčžšůúťďňó"),
        ("üäöß", "áéóöőíüúű"),
    ),
}
for _encodings, _pairs in _BESIDE.items():
    for _encoding in _encodings:
        ALPHABETS[_encoding] += tuple("".join(dict.fromkeys(one + other)) for one, other in _pairs)
