/**
 * Controls except line feed and tab, and everything that Unicode calls default-ignorable (zero-width and bidi characters, soft hyphen,
 * tags, fillers) except the emoji selector. The zero-width joiner goes too, so a family emoji falls apart into its members.
 */
const hidden = /[[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\n\t\ufe0f]]/gv;

/** Text without invisible and direction-changing characters and without broken surrogates; line ends become `\n`. */
export function bareText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(hidden, '');
}
