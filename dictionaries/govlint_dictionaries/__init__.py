"""Words of the field, official subjects, confusable words, fixed phrases, Latin names and names of bodies."""
