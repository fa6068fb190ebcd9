"""Lo que sale de Atalaya como archivo: CSV, XLSX y Parquet con su cita."""
