"""Tables as people read them."""

import pandas as pd

import esrdata


def test_of_a_long_path_the_name_of_the_file_is_kept() -> None:
    files = [f"/home/{'deep/' * 20}own.csv", "raw/S1.txt", None]
    words = esrdata.in_words(pd.DataFrame({"file": files}), "en")
    assert list(words.iloc[:, 0]) == [f"…/{'deep/' * 7}own.csv", "raw/S1.txt", "–"]
