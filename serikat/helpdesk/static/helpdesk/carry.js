/** What stands in the answer travels along with every other form of the page; the server keeps it. Buttons without fields of their own need no script. */
const answer = document.getElementById("jawab");

for (const form of answer ? document.querySelectorAll('main form[method="post"]') : []) {
  if (form === answer) continue;
  form.addEventListener("submit", () => {
    const typed = form.elements.ketikan ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "ketikan" }));
    typed.value = answer.elements.text.value;
  });
}
