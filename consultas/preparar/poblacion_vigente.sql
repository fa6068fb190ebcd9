-- devuelve: la población que se muestra cuando varias ediciones traen la misma; todas las columnas de poblacion
-- grano: una fila por proyección (o censo), lugar, año, sexo y edad
-- parametros: ninguno
-- metodo: la edición más nueva; nada se borra, lo demás sigue en la tabla poblacion

select *
from poblacion
qualify row_number() over (partition by proyeccion, lugar, anio, sexo, edad order by edicion desc, archivo) = 1
