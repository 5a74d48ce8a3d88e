"""The same rule in OpenFisca, run by `benchmarks/law.py` in an environment of its own: bare totals of severance and long-service pay.

Reads base, years and reason from a NumPy file; prints one JSON line: seconds with set-up and without, and writes its totals beside the input.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity("person", "people", "A worker", is_person=True)
START = "2021-02-02"


class base(Variable):  # noqa: N801 OpenFisca names a variable by its class
    value_type = float
    entity = Person
    definition_period = MONTH


class years(Variable):  # noqa: N801
    value_type = int
    entity = Person
    definition_period = MONTH


class reason(Variable):  # noqa: N801
    value_type = int
    entity = Person
    definition_period = MONTH


class severance(Variable):  # noqa: N801
    value_type = float
    entity = Person
    definition_period = MONTH

    def formula(person, when, parameters):  # noqa: N805
        law = parameters(when).severance
        done, which, wage = person("years", when), person("reason", when), person("base", when)
        factors = (
            np.array([float(getattr(law.pay, name)) for name in NAMES]),
            np.array([float(getattr(law.service, name)) for name in NAMES]),
        )
        pay = law.pay_months.calc(done, right=False) * factors[0][which]
        service = law.service_months.calc(done, right=False) * factors[1][which]
        return np.floor(wage * pay + 0.5) + np.floor(wage * service + 0.5)


def scale(bands):
    """A table of months as OpenFisca's single amounts."""
    return {
        "metadata": {"type": "single_amount"},
        "brackets": [
            {"threshold": {START: {"value": start}}, "amount": {START: {"value": months}}} for start, months in bands
        ],
    }


def main() -> None:
    global NAMES  # noqa: PLW0603 the formula is found by its class alone
    rules, given = json.loads(Path(sys.argv[1]).read_text()), np.load(sys.argv[2])
    NAMES = list(rules["pay"])
    system = TaxBenefitSystem([Person])
    system.add_variables(base, years, reason, severance)
    values = {
        name: {n: {"values": {START: {"value": float(v)}}} for n, v in rules[name].items()} for name in ("pay", "service")
    }
    values |= {name: scale(rules[name]) for name in ("pay_months", "service_months")}
    system.parameters = ParameterNode("", data={"severance": values})
    best = whole = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        simulation = SimulationBuilder().build_default_simulation(system, len(given["base"]))
        for name in ("base", "years", "reason"):
            simulation.set_input(name, period("2025-01"), given[name])
        ready = time.perf_counter()
        totals = simulation.calculate("severance", period("2025-01"))
        end = time.perf_counter()
        best, whole = min(best, end - ready), min(whole, end - start)
    np.save(sys.argv[3], totals)
    print(json.dumps({"with set-up": whole, "formula alone": best}))


if __name__ == "__main__":
    main()
