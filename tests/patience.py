"""How long tests wait for what is to happen: no test may fail because the machine has something else to do."""

PATIENCE_S = 90
