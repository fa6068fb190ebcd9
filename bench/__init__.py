"""Medidas de velocidad y memoria. Se miran como medianas y razones; ninguna prueba depende de ellas."""
