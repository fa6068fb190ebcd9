"""De una tabla a un gráfico de Altair; un solo tema para todos."""

import pandas as pd

# Estas tablas son de decenas de filas y se leen celda por celda: con los textos de pandas 3 (sobre Arrow) cada lectura
# cuesta veinte veces más que con objetos de Python, y al mandarlos por Arrow ocupan el doble.
pd.set_option("future.infer_string", False)
