"""De una tabla a un gráfico de Altair; un solo tema para todos."""
