// La proyección: una lámina a la vez, con teclado, control remoto o toques; las notas, en otra ventana.
(() => {
  const laminas = [...document.querySelectorAll('section.lamina')];
  const dicho = document.getElementById('dicho');
  const raiz = document.documentElement;
  const dichos = document.querySelector('main').dataset;
  const decir = plantilla => plantilla.replace('{k}', cual + 1).replace('{n}', laminas.length);
  let cual = 0, notas = null;
  const ir = n => {
    cual = Math.max(0, Math.min(laminas.length - 1, n));
    laminas.forEach((l, k) => { l.hidden = k !== cual; });
    raiz.classList.remove('negro');
    dicho.textContent = `${decir(dichos.lamina)}: ${laminas[cual].dataset.titulo}`;
    document.title = `${cual + 1}/${laminas.length} · ${laminas[cual].dataset.titulo}`;
    history.replaceState(null, '', '#' + (cual + 1));
    contar();
  };
  const contar = () => {
    if (!notas || notas.closed) return;
    const d = notas.document;
    d.title = dichos.notas;
    d.body.style.cssText = 'font:22px/1.5 system-ui,sans-serif;margin:2rem;background:#101417;color:#f2f5f7;white-space:pre-wrap';
    d.body.replaceChildren();
    const poner = (etiqueta, texto, tamano) => {
      const e = d.createElement(etiqueta); e.textContent = texto; e.style.fontSize = tamano; d.body.append(e);
    };
    poner('p', decir(dichos.cuantas), '16px');
    poner('h1', laminas[cual].dataset.titulo, '26px');
    poner('p', laminas[cual].dataset.nota || dichos.sin, '24px');
    if (laminas[cual + 1]) poner('p', dichos.sigue + laminas[cual + 1].dataset.titulo, '18px');
    d.onkeydown = tecla;
  };
  const ordenes = {
    ArrowRight: () => ir(cual + 1), PageDown: () => ir(cual + 1), ' ': () => ir(cual + 1), Enter: () => ir(cual + 1),
    ArrowDown: () => ir(cual + 1), ArrowLeft: () => ir(cual - 1), PageUp: () => ir(cual - 1), ArrowUp: () => ir(cual - 1),
    Backspace: () => ir(cual - 1), Home: () => ir(0), End: () => ir(laminas.length - 1),
    f: () => document.fullscreenElement ? document.exitFullscreen() : raiz.requestFullscreen().catch(() => {}),
    o: () => raiz.classList.toggle('oscuro'), b: () => raiz.classList.toggle('negro'), '.': () => raiz.classList.toggle('negro'),
    n: () => { notas = window.open('', 'notas', 'width=760,height=560'); contar(); },
  };
  const tecla = e => {
    const orden = ordenes[e.key] || ordenes[e.key.toLowerCase()];
    if (!orden || e.ctrlKey || e.metaKey || e.altKey) return;
    // En un botón o un enlace, Intro y espacio hacen lo suyo.
    if ((e.key === 'Enter' || e.key === ' ') && e.target.closest?.('button, a')) return;
    e.preventDefault(); orden();
  };
  document.addEventListener('keydown', tecla);
  document.getElementById('antes').addEventListener('click', () => ir(cual - 1));
  document.getElementById('despues').addEventListener('click', () => ir(cual + 1));
  document.getElementById('notas').addEventListener('click', ordenes.n);
  document.getElementById('oscuro').addEventListener('click', ordenes.o);
  document.getElementById('entera').addEventListener('click', ordenes.f);
  // Los botones se ven al mover el ratón o al llegar con Tab; quietos, sólo queda la lámina.
  let reposo = 0;
  document.addEventListener('mousemove', () => {
    raiz.classList.add('mano');
    clearTimeout(reposo);
    reposo = setTimeout(() => raiz.classList.remove('mano'), 2500);
  });
  let x0 = null;
  document.addEventListener('touchstart', e => { x0 = e.touches[0].clientX; }, { passive: true });
  document.addEventListener('touchend', e => {
    if (x0 === null) return;
    const dx = e.changedTouches[0].clientX - x0; x0 = null;
    if (Math.abs(dx) > 60) ir(cual + (dx < 0 ? 1 : -1));
  });
  if (matchMedia('(prefers-color-scheme: dark)').matches) raiz.classList.add('oscuro');
  ir((parseInt(location.hash.slice(1), 10) || 1) - 1);
})();
