"""`python -m tests.sample_company`: write sample_data/ and the answer key."""

from pathlib import Path

from tests.sample_company.generate import generate

if __name__ == "__main__":
    root = Path(__file__).parents[2]
    generate(root / "sample_data", root / "tests" / "sample_company" / "answer_key.json")
