/**
 * The script of every page: its buttons copy the command beside them. It listens at the document, so that it also serves what is
 * put into the page later. Without it no button shows.
 */
export const COPY_SCRIPT = `
document.documentElement.classList.add('scripted');
document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element && event.target.closest('button.copy');
  if (!button) return;
  const code = button.parentElement.querySelector('code');
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  } catch {
    getSelection().selectAllChildren(code);
  }
});
`;
