/* What all pages need: the units, and the panel of the unit that was clicked. */

/** Return the units of the organization, each after its parent. */
export async function fetchUnits() {
  const response = await fetch("units.json");
  return response.json();
}

/** Show a unit's name and responsibilities in the panel. */
export function showPanel({ name, responsibilities }) {
  const heading = document.createElement("h2");
  heading.textContent = name;
  const list = document.createElement("ul");
  list.append(
    ...responsibilities.map((responsibility) => {
      const item = document.createElement("li");
      item.textContent = responsibility;
      return item;
    }),
  );
  document.getElementById("panel").replaceChildren(heading, list);
}
