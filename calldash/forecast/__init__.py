"""How many calls will come: kinds of days, rules, their errors in the past, intervals made of these. Pure."""
