"""The page Telephony cost."""
