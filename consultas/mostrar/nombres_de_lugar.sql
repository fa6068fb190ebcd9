-- devuelve: los otros nombres con que los archivos oficiales llaman a cada lugar, juntos en un texto
-- grano: una fila por lugar con alguna variante
-- parametros: ninguno
-- metodo: las variantes del catálogo, sin repetir, de áreas, entidades y municipios

select lugar, string_agg(distinct variante, '; ' order by variante) as nombres
from (
    select lugar, variante from lugar_variantes
    union all
    select lugar, variante from municipio_variantes
)
group by lugar
order by lugar
