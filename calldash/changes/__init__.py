"""What changed on the day and in the week that matter: figures beyond noise with the place of the change, lines that
fell silent or ring too much, bursts of short calls. Sentences in `words`; no SQL.
"""
