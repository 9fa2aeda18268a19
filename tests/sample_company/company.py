"""Who the sample company is: families, items, accounts, sites, resources. All of it is fictional."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from tests.sample_company.months import FIRST, month

COMPANY = "Lindenhof Home & Personal Care (a fictional sample company)"
SEED = "lindenhof"
CENT = Decimal("0.01")
ALWAYS = FIRST - 120
NEVER = FIRST + 600


@dataclass(frozen=True)
class Family:
    """A planning family and the numbers its items are drawn from."""

    code: str
    name: str
    policy: str
    supply: str
    plant: str
    items: int
    revenue: float  # EUR million in FY2026
    price: float  # EUR per piece, around which items lie
    cases: tuple[int, ...]
    trend: float  # growth a year
    season: tuple[float, ...]  # January to December, mean 1
    target_days: int
    cost_share: float
    optimism: float  # AOP FY2027 against what was to be expected
    bias: float  # sales forecast against what is to be expected
    hours: dict[str, float]  # hours per 1,000 pieces, by resource
    products: tuple[str, ...]
    sizes: tuple[str, ...]


FLAT = (0.98, 0.97, 1.01, 1.0, 1.0, 0.99, 0.98, 0.97, 1.03, 1.04, 1.03, 1.0)
FAMILIES: dict[str, Family] = {
    family.code: family
    for family in (
        Family("LAUNDRY", "Laundry liquids", "mts", "make", "P1", 20, 26.0, 4.20, (6, 8), 0.02,
               (1.0, 0.97, 1.02, 1.03, 1.0, 0.97, 0.94, 0.93, 1.02, 1.05, 1.05, 1.02), 38, 0.63, -0.010, 0.010,
               {"P1-FILL": 0.42, "P1-PACK": 0.26}, ("Laundry gel", "Colour gel", "Wool wash", "Softener"),
               ("1.0 l", "1.5 l", "2.0 l")),
        Family("DISH", "Dishwashing", "mts", "make", "P1", 16, 14.0, 1.95, (10, 12), 0.01,
               (0.97, 0.97, 1.0, 1.0, 1.01, 1.0, 0.98, 0.97, 1.0, 1.02, 1.02, 1.06), 34, 0.62, 0.005, -0.010,
               {"P1-FILL": 0.20, "P1-PACK": 0.16}, ("Washing-up liquid", "Rinse aid", "Dishwasher gel"),
               ("500 ml", "750 ml", "1.0 l")),
        Family("SURFACE", "Surface cleaners", "mts", "make", "P3", 16, 15.0, 2.30, (10, 12), 0.015,
               (1.02, 1.0, 1.08, 1.06, 1.0, 0.97, 0.95, 0.95, 1.0, 1.0, 0.98, 0.99), 36, 0.62, 0.045, 0.050,
               {"P3-FILL": 0.33, "P3-PACK": 0.21}, ("Bathroom spray", "Kitchen spray", "Glass cleaner", "Floor care"),
               ("500 ml", "750 ml", "1.0 l")),
        Family("BODYWASH", "Body wash and hand soap", "mts", "make", "P2", 18, 20.0, 2.15, (6, 12), 0.025,
               FLAT, 36, 0.60, 0.010, 0.010,
               {"P2-FILL": 0.31, "P2-PACK": 0.20}, ("Shower gel", "Hand soap", "Cream wash", "Soap refill"),
               ("250 ml", "300 ml", "500 ml")),
        Family("HAIRCARE", "Hair care", "mts", "make", "P3", 14, 16.0, 3.10, (6, 12), 0.04,
               (0.98, 0.98, 1.0, 1.0, 1.02, 1.03, 1.01, 0.98, 1.0, 1.0, 1.0, 1.0), 40, 0.58, 0.015, -0.015,
               {"P3-FILL": 0.36, "P3-PACK": 0.22}, ("Shampoo", "Conditioner", "Hair mask"), ("200 ml", "250 ml")),
        Family("SUNCARE", "Sun and outdoor care", "mts", "make", "P2", 14, 14.0, 5.60, (6,), 0.05,
               (0.40, 0.62, 1.82, 1.70, 1.98, 2.04, 1.14, 0.66, 0.46, 0.40, 0.40, 0.38), 34, 0.56, 0.060, 0.015,
               {"P2-FILL": 0.62, "P2-PACK": 0.30}, ("Sun milk SPF 30", "Sun milk SPF 50", "After sun", "Kids sun spray"),
               ("150 ml", "200 ml")),
        Family("PROCARE", "Professional programmes", "mto", "make", "P3", 12, 9.5, 38.0, (1,), 0.03,
               FLAT, 0, 0.66, 0.030, 0.0,
               {"P3-PRO": 14.0}, ("Dosing programme", "Kitchen programme", "Hygiene programme"), ("10 l", "20 l")),
        Family("TOOLS", "Cloths, sponges and wipes", "mts", "buy", "DC-N", 10, 8.0, 2.40, (12, 24), 0.03,
               (1.0, 0.99, 1.02, 1.02, 1.0, 0.99, 0.98, 0.97, 1.0, 1.01, 1.01, 1.01), 42, 0.65, 0.010, 0.005,
               {}, ("Sponge cloth", "Microfibre cloth", "Scouring sponge", "Wet wipes"), ("3-pack", "5-pack")),
    )
}  # fmt: skip

SITES = (
    ("P1", "Plant Lindenau", "plant"),
    ("P2", "Plant Moorbach", "plant"),
    ("P3", "Plant Steinfurt-West", "plant"),
    ("DC-N", "Distribution centre north", "dc"),
    ("DC-S", "Distribution centre south", "dc"),
)
DCS = ("DC-N", "DC-S")
KEY_RESOURCE = "P2-FILL"
RESOURCES = {
    "P1-FILL": "P1", "P1-PACK": "P1", "P2-FILL": "P2", "P2-PACK": "P2", "P3-FILL": "P3", "P3-PACK": "P3",
    "P3-PRO": "P3",
}  # fmt: skip


@dataclass(frozen=True)
class Account:
    """A customer, its segment and the distribution centre that serves it."""

    code: str
    name: str
    segment: str
    strategic: bool
    dc: str
    size: float
    currency: str = "EUR"


ACCOUNTS: dict[str, Account] = {
    account.code: account
    for account in (
        Account("0010010", "Märkte Nordstern eG", "GROCERY", True, "DC-N", 0.19),
        Account("0010020", "Épicerie Générale Réunie", "GROCERY", False, "DC-S", 0.11),
        Account("0010030", "Supermercados Añil", "GROCERY", False, "DC-S", 0.08),
        Account("0010110", "Drogerie Blütenweiß", "DRUG", True, "DC-S", 0.15),
        Account("0010120", "Parfümerie Südlicht", "DRUG", False, "DC-S", 0.05),
        Account("0010130", "Kastanje Apotek", "DRUG", False, "DC-N", 0.05),
        Account("0010210", "Preisfuchs Großmarkt", "DISCOUNT", True, "DC-N", 0.14),
        Account("0010220", "Lågpris & Co", "DISCOUNT", False, "DC-S", 0.07),
        Account("0010310", "Hôtels Clairval", "PRO", True, "DC-S", 0.05),
        Account("0010320", "Klinikverbund Rhönblick", "PRO", False, "DC-N", 0.04),
        Account("0010330", "Gastro-Großhandel Krämer", "PRO", False, "DC-N", 0.04),
        Account("0010410", "Oakline Stores", "US", True, "DC-N", 0.09, "USD"),
        Account("0010420", "Pinecrest Wholesale", "US", False, "DC-N", 0.06, "USD"),
        Account("0010430", "Bluebird Drug", "US", False, "DC-S", 0.05, "USD"),
    )
}
DISCOUNTER = "0010210"
PROGRAMME = "0010310"
SEGMENT_PRICE = {"GROCERY": 1.0, "DRUG": 1.03, "DISCOUNT": 0.93, "PRO": 0.97, "US": 1.14}

# Items whose life does not span all of history: first and last month of sales.
LAUNCHES = {
    "1E5": month("2024-06"), "X-77": month("2024-07"), "10318": month("2025-03"), "20513": month("2025-01"),
    "00119": month("2024-09"), "900612": month("2026-05"),
}  # fmt: skip
ENDS = {"00136": month("2026-06"), "00216": month("2025-09")}
NEW = ("900612",)  # taken on after the budget was made: not in AOP FY2027, one standard cost only


@dataclass(frozen=True)
class Item:
    """An item with the level its demand is drawn from."""

    code: str
    name: str
    family: str
    case: int
    price: Decimal  # list price per piece, EUR
    cost: Decimal  # standard cost per piece from 2026-04
    old_cost: Decimal  # from 2023-04
    level: float  # pieces a month in FY2026, all accounts
    lot: int
    supplier: str
    first: int
    last: int

    @property
    def status(self) -> str:
        """active, new or discontinued."""
        return "new" if self.code in NEW else "discontinued" if self.last < NEVER else "active"


@cache
def items() -> dict[str, Item]:
    """The item master by code."""
    rng = Random(f"{SEED} items")
    return {item.code: item for family in FAMILIES.values() for item in _family_items(family, rng)}


def _family_items(family: Family, rng: Random) -> list[Item]:
    weights = [0.45 + 1.2 * rng.random() ** 2 for _ in range(family.items)]
    made = []
    for index, weight in enumerate(weights):
        code = _code(family, index)
        product = family.products[index % len(family.products)]
        size = family.sizes[(index // len(family.products)) % len(family.sizes)]
        price = _rounded(family.price * (0.8 + 0.4 * rng.random()), "0.05")
        cost = _rounded(float(price) * family.cost_share * (0.95 + 0.10 * rng.random()), "0.0001")
        old_cost = _rounded(float(cost) * (0.945 + 0.02 * rng.random()), "0.0001")
        level = family.revenue * 1e6 / 12 * weight / sum(weights) / float(price)
        case = family.cases[index % len(family.cases)]
        lot = max(1, round(level * 0.28 / (case * 20))) * case * 20
        supplier = "" if family.supply == "make" else ("S2" if index % 2 else "S1")
        made.append(
            Item(code, f"{product} {size} no. {index + 1}", family.code, case, price, cost, old_cost, level, lot,
                 supplier, LAUNCHES.get(code, ALWAYS), ENDS.get(code, NEVER))
        )  # fmt: skip
    return made


def _code(family: Family, index: int) -> str:
    special = {("HAIRCARE", 13): "1E5", ("TOOLS", 8): "X-77"}
    start = {
        "LAUNDRY": "00101", "DISH": "00121", "SURFACE": "00201", "BODYWASH": "10301", "HAIRCARE": "10401",
        "SUNCARE": "20501", "PROCARE": "900601", "TOOLS": "70701",
    }[family.code]  # fmt: skip
    return special.get((family.code, index), f"{int(start) + index:0{len(start)}d}")


def _rounded(value: float, step: str) -> Decimal:
    unit = Decimal(step)
    return (Decimal(repr(round(value, 6))) / unit).quantize(Decimal(1)) * unit


def uom_of(segment: str) -> str:
    """Retail sells in cases, professional customers in pieces."""
    return "EA" if segment == "PRO" else "CS"


def list_price(item: Item, segment: str) -> Decimal:
    """Net list price in the unit and currency the segment buys in."""
    pieces = item.case if uom_of(segment) == "CS" else 1
    return (item.price * Decimal(str(SEGMENT_PRICE[segment])) * pieces).quantize(CENT)


def cost_in(item: Item, month_number: int) -> Decimal:
    """Standard cost of the month."""
    return item.cost if item.code in NEW or month_number >= month("2026-04") else item.old_cost
