-- devuelve: cada experiencia en cada paso del ciclo de «transparencia inteligente», lo diga su documento o no
-- grano: una fila por experiencia y paso
-- parametros: ninguno
-- metodo: los seis pasos y los dos frutos del ciclo por cada experiencia; texto nulo, el documento no dice nada de ese paso

with

paso(orden, etapa) as (
    values (1, 'problema'), (2, 'posibilidades'), (3, 'solución compartida'), (4, 'conocimiento público'),
        (5, 'uso estratégico'), (6, 'resultados'), (7, 'replicabilidad'), (8, 'valor público')
)

select e.experiencia, e.titulo, p.orden, p.etapa, c.texto, c.quien_ubica, c.texto is not null as dicho, c.documento, c.pasaje
from experiencias as e
cross join paso as p
left join ciclo as c on c.experiencia = e.experiencia and c.etapa = p.etapa
order by e.titulo, e.experiencia, p.orden
