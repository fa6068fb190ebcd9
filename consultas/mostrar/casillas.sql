-- devuelve: las casillas de las fichas de buena práctica, marcadas o no
-- grano: una fila por experiencia, apartado y opción
-- parametros: ninguno
-- metodo: la tabla experiencias_casillas, con los apartados en el orden de la ficha

select experiencia, grupo, opcion, marcada, documento, pasaje
from experiencias_casillas
order by experiencia, list_position(
    ['tipo de candidatura', 'tipo de experiencia', 'objetivo', 'ámbito territorial', 'ámbito temático'], grupo
), marcada = 'no', opcion
