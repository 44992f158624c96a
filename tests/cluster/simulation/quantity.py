"""The canonical form of Kubernetes quantities, as the API types write them back."""

import re
from decimal import Decimal

PATTERN = re.compile(r"^([+-]?(?:\d+\.?\d*|\.\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)?$")
BINARY = {"": 1, **{unit + "i": 1024 ** (i + 1) for i, unit in enumerate("KMGTPE")}}
DECIMAL = {"n": Decimal("1e-9"), "u": Decimal("1e-6"), "m": Decimal("1e-3"), "": Decimal(1),
           **{unit: Decimal(1000) ** (i + 1) for i, unit in enumerate("kMGTPE")}}


def canonical(value):
    """2048Mi becomes 2Gi, 1000m becomes 1, 0.5Gi becomes 512Mi, the number 2 becomes "2"; what is not
    understood (such as exponents) stays."""
    match = PATTERN.match(str(value))
    if isinstance(value, bool) or not match:
        return value
    number, unit = Decimal(match.group(1)), match.group(2) or ""
    binary = unit.endswith("i")
    amount = number * (BINARY if binary else DECIMAL)[unit]
    if amount == 0:
        return "0"
    if binary and abs(amount) >= 1024:
        return _largest(amount, BINARY)
    return _largest(amount, DECIMAL)


def _largest(amount, units):
    """With the largest unit that leaves a whole number."""
    for unit, size in reversed(units.items()):
        count = amount / size
        if count == count.to_integral_value():
            return f"{int(count)}{unit}"
    return str(amount)


def number(value):
    """What a quantity is worth; 0 for what is not understood."""
    match = PATTERN.match(str(value))
    if isinstance(value, bool) or not match:
        return Decimal(0)
    unit = match.group(2) or ""
    return Decimal(match.group(1)) * (BINARY if unit.endswith("i") else DECIMAL)[unit]
