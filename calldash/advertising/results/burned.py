"""Where the money went that made the phone ring for nothing: the cost of lost clients by campaign and hour."""

import pandas as pd


def cells(figures: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    """A row a source, campaign and hour with the column missed_ad_cost and its cases, the dearest campaign first.

    `figures` has source, campaign and missed_ad_cost, `lost` has source, campaign, hour and lost_clients. Each lost
    client of a campaign cost the same, so its hours add up to the campaign's figure.
    """
    lost = lost[lost["lost_clients"] > 0]
    whole = lost.groupby(["source", "campaign"], dropna=False)["lost_clients"].sum().rename("all_lost").reset_index()
    found = lost.merge(figures, on=["source", "campaign"]).merge(whole, on=["source", "campaign"])
    found = found[found["missed_ad_cost"].notna()].copy()
    found["whole"] = found["missed_ad_cost"].astype(float)
    found["missed_ad_cost"] = found["whole"] * found["lost_clients"] / found["all_lost"]
    found["missed_ad_cost_cases"] = found["lost_clients"].astype(int)
    names = ["source", "campaign", "hour", "missed_ad_cost", "missed_ad_cost_cases"]
    return found.sort_values(["whole", "source", "campaign", "hour"], ascending=[False, True, True, True])[names]
