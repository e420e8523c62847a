// Small conveniences; every page works without this file.

// A second click on a button that sends something must not send it twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}

// Copy an address or key with one tap.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
  });
}

// Tick every box of a name; once all are ticked, none.
for (const button of document.querySelectorAll("button[data-tick]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...button.form.querySelectorAll(`input[name="${button.dataset.tick}"]`)];
    const ticked = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = ticked;
  });
}

// A long file: how much of it is sent, then that it is being checked. The reply takes the page's place.
for (const form of document.querySelectorAll("form[data-progress]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const bar = document.createElement("progress");
    const words = document.createElement("p");
    bar.className = "upload-progress";
    bar.max = 1;
    bar.setAttribute("aria-label", form.dataset.progress);
    words.setAttribute("role", "status");
    words.textContent = form.dataset.progress;
    form.append(bar, words);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      words.textContent = form.dataset.checking;
    });
    request.addEventListener("load", () => {
      history.replaceState(null, "", request.responseURL);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", () => {
      bar.remove();
      words.remove();
      delete form.dataset.sent;
      form.submit();
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}

// An address that points into something folded opens it, also where the browser does not by itself.
function unfold() {
  const place = document.querySelector(":target");
  let opened = false;
  for (let fold = place && place.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    opened ||= !fold.open;
    fold.open = true;
  }
  if (opened) place.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// On paper everything is unfolded; afterwards it is as it was.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details.fold:not([open])")];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
});
