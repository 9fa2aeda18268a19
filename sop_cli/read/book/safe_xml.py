"""XML as workbooks hold it, and none that declares entities: they can grow without bounds."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers.expat import ExpatError, XMLParserType
from xml.parsers.expat import ParserCreate as _expat

BROKEN_XML = (ParseError, ExpatError)


class DoctypeError(ValueError):
    """The XML declares a document type, which no workbook does."""


def tree(xml: bytes) -> Element:
    """The root of `xml`; DoctypeError if it declares a document type."""
    parser = XMLParser(target=_NoDoctype())
    parser.feed(xml)
    root: Element = parser.close()
    return root


def walker() -> XMLParserType:
    """An expat parser, its names without namespace prefix to be cut by `local`; it refuses document types."""
    parser = _expat()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def local(name: str) -> str:
    """`name` without its namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]


class _NoDoctype(TreeBuilder):
    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise DoctypeError(name)


def _refuse(*_: object) -> None:
    raise DoctypeError
