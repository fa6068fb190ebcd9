// Va en línea en la página (se admite por su huella): el idioma de lo que Streamlit trae fijo y «Copiar imagen».
(() => {
  const idioma = () => new URLSearchParams(location.search).get("idioma") || "es";
  window.atalayaDi = (es, en, pt) => ({ es, en, pt })[idioma()] || es;

  // El idioma de <html> sigue a la dirección, que Streamlit cambia sin volver a cargar la página.
  const poner = () => { document.documentElement.lang = idioma(); };
  for (const cual of ["pushState", "replaceState"]) {
    const hacer = history[cual].bind(history);
    history[cual] = (...cosas) => { hacer(...cosas); poner(); };
  }
  poner();

  // La imagen se pide al copiarla: la misma que se baja, con su título y su fuente. El portapapeles recibe una promesa
  // porque sólo admite escribir en el momento del clic.
  const decir = (boton, dicho) => {
    const aviso = document.getElementById("aviso_de_copia") || document.body.appendChild(document.createElement("p"));
    Object.assign(aviso, { id: "aviso_de_copia", className: "oculto", role: "status", textContent: dicho });
    boton.dataset.dicho = dicho;
    setTimeout(() => delete boton.dataset.dicho, 4000);
  };
  document.addEventListener("click", (clic) => {
    const boton = clic.target.closest?.(".st-key-copiar_imagen button");
    if (!boton) return;
    clic.stopPropagation();
    const pagina = location.pathname.split("/").pop() || "inicio";
    const pedida = new URL(`imagen${location.search ? location.search + "&" : "?"}pagina=${pagina}`, location.href);
    const imagen = fetch(pedida).then((r) => (r.ok ? r.blob() : Promise.reject(new Error(r.status))));
    decir(boton, atalayaDi("Copiando…", "Copying…", "Copiando…"));
    navigator.clipboard.write([new ClipboardItem({ "image/png": imagen })]).then(
      () => decir(boton, atalayaDi("Copiada", "Copied", "Copiada")),
      () => decir(boton, atalayaDi("No se pudo copiar", "Could not copy", "Não foi possível copiar")),
    );
  }, true);
})();
