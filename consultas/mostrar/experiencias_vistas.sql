-- devuelve: las experiencias que tienen marcadas las casillas pedidas
-- grano: una fila por experiencia
-- parametros: tipo (texto), objetivo (texto), territorial (texto), tematico (texto)
-- metodo: vacío no filtra; pedida una opción, sólo las experiencias que la tienen marcada en ese apartado de su ficha

with

pedida(grupo, opcion) as (
    select * from (values
        ('tipo de experiencia', $tipo), ('objetivo', $objetivo), ('ámbito territorial', $territorial),
        ('ámbito temático', $tematico)
    ) where col1 <> ''
)

select e.experiencia, e.titulo, e.lugar, e.institucion, e.inicio, e.fin, e.distincion, e.ods, e.nota,
    (select count(*) from experiencias_textos as t where t.experiencia = e.experiencia) as respuestas,
    (select count(distinct c.etapa) from ciclo as c where c.experiencia = e.experiencia) as pasos,
    e.documento, e.pasaje
from experiencias as e
where (select count(*) from pedida) = (
    select count(*)
    from pedida
    inner join experiencias_casillas as c
        on c.grupo = pedida.grupo and c.opcion = pedida.opcion and c.experiencia = e.experiencia and c.marcada = 'sí'
)
order by respuestas desc, e.titulo, e.experiencia
