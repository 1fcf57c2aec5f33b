"""The French formats for times, as the United Nations write them; Django's own formats for everything else."""

TIME_FORMAT = "G\xa0\\h\xa0i"
DATETIME_FORMAT = f"j F Y \\à {TIME_FORMAT}"
SHORT_DATETIME_FORMAT = f"d/m/Y \\à {TIME_FORMAT}"
