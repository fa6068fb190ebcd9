-- devuelve: la cifra que se muestra cuando varios métodos, ediciones o cuadros traen la misma; todas las columnas de
--   estimacion
-- grano: una fila por fuente, periodo, lugar, indicador y desglose
-- parametros: ninguno
-- metodo: primero, la calculada de los microdatos: es la misma cifra que la publicada (un control lo exige) y trae su error.
--   Luego la publicada, la modelada, la experimental y la citada. De cada método, la edición más nueva, porque INEGI
--   corrige hacia adelante. Dentro de ella, el cuadro que trae la cifra y no la redondea (uno de 2019T4 va a un decimal);
--   luego la que trae números absolutos, que permiten comprobarla; y en último empate, el de número menor. Nada se borra:
--   lo demás sigue en la tabla estimacion.

select *
from estimacion
qualify row_number() over (
    partition by fuente, periodo, lugar, indicador, desglose
    order by
        list_position(['microdatos', 'publicada', 'modelada', 'experimental', 'citada'], metodo),
        edicion desc,
        (valor_pct is null),
        (valor_pct = round(valor_pct, 1)),
        (numerador is null),
        cuadro,
        celda
) = 1
