"""Lo que cada página enseña: de la tabla de su consulta a figuras, tablas y la vista que se descarga."""
