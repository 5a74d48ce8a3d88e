/** A voice note is recorded in the page itself and goes along as a chosen file. Works without: a recording may be chosen like any file.
 * 24 kbit a second: a minute weighs about 180 kB. What is said stays in this page until the form is sent; the quick exit stops and drops it. */
const KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/ogg;codecs=opus", "ogg"], ["audio/mp4", "m4a"]];
const LONGEST = 600; // seconds
const [type, ending] = KINDS.find(([one]) => globalThis.MediaRecorder?.isTypeSupported(one)) ?? [];
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function equip(box) {
  const input = box.closest("[data-recorded]").querySelector("input[type=file]");
  const [start, stop, drop, time, heard, says] = ["start", "stop", "drop", "time", "heard", "says"].map((one) => box.querySelector(`[data-${one}]`));
  let recorder, stream, ticking, note, left = false;
  const say = (what, more = "") => { says.textContent = (says.dataset[what] ?? "") + more; };
  const choose = (fresh) => {
    const bag = new DataTransfer();
    for (const file of input.multiple ? input.files : []) if (file !== note) bag.items.add(file);
    if (fresh) bag.items.add(fresh);
    input.files = bag.files;
    note = fresh && [...input.files].at(-1);
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const look = (on) => {
    start.hidden = on;
    stop.hidden = !on;
    drop.hidden = heard.hidden = on || !note;
    start.lastElementChild.textContent = note ? start.dataset.again : start.dataset.first;
  };
  const done = (parts, seconds) => {
    const sound = new Blob(parts, { type: type.split(";")[0] });
    if (!sound.size) return look(false), say("nothing");
    choose(new File([sound], `${start.dataset.name}.${ending}`, { type: sound.type }));
    URL.revokeObjectURL(heard.src);
    heard.src = URL.createObjectURL(sound);
    look(false);
    start.focus();
    say("kept", ` ${clock(seconds)}, ${Math.ceil(sound.size / 1024)} kB.`);
  };
  const begin = async () => {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const parts = [];
    let seconds = 0;
    recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 24_000 });
    recorder.ondataavailable = ({ data }) => data.size && parts.push(data);
    const ended = new Promise((over) => { recorder.onstop = over; });
    recorder.start();
    time.textContent = clock(0);
    look(true);
    stop.focus();
    say("on");
    ticking = setInterval(() => {
      time.textContent = clock(++seconds);
      if (seconds >= LONGEST) recorder.stop();
    }, 1000);
    await ended;
    clearInterval(ticking);
    hush();
    if (!left) done(parts, seconds);
  };
  const hush = () => stream?.getTracks().forEach((track) => track.stop());
  const end = () => recorder?.state === "recording" && recorder.stop();
  start.addEventListener("click", () => begin().catch(() => { look(false); say("refused"); }));
  stop.addEventListener("click", end);
  drop.addEventListener("click", () => { choose(null); heard.removeAttribute("src"); look(false); say("dropped"); start.focus(); });
  input.addEventListener("change", () => { if (note && ![...input.files].includes(note)) note = null, heard.removeAttribute("src"), look(false); });
  document.addEventListener("submit", (event) => { // still talking: what was said goes along
    if (event.target !== input.form || recorder?.state !== "recording") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    recorder.addEventListener("stop", () => setTimeout(() => input.form.requestSubmit(event.submitter)));
    recorder.stop();
  }, true);
  addEventListener("leave", () => { left = true; hush(); });
  look(false);
  box.hidden = false;
}

if (type && navigator.mediaDevices?.getUserMedia) document.querySelectorAll("[data-recorder]").forEach(equip);
