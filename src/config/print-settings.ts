import { type Setting, settingsTable } from './settings-table.ts';

const entries = Object.entries<Setting>(settingsTable);
const groups = [...new Set(entries.map(([, setting]) => setting.group))];

/** The text of `.env.example`: every setting with its sentence, commented out, with its default or an example. */
export function printEnvExample(): string {
  const parts = groups.map((group) => {
    const own = entries.filter(([, setting]) => setting.group === group);
    return `# --- ${group}\n\n${own.map(([name, setting]) => exampleOf(name, setting)).join('\n')}`;
  });
  return `# Settings of Muster. Copy to .env and fill in what you use; every secret may also come from a file: NAME_FILE=/path.\n# Printed from src/config/settings-table.ts; a test keeps it so.\n\n${parts.join('\n')}`;
}

/** The settings as a Markdown document for operators. */
export function printSettings(): string {
  const tables = groups.map((group) => {
    const rows = entries
      .filter(([, setting]) => setting.group === group)
      .map(([name, setting]) => rowOf(name, setting));
    return `## ${group}\n\n| setting | what it is | default |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Settings\n\nRead from the environment. Everything that is wrong is named at once. A secret may also come from a file: set \`NAME_FILE\` to its path.\n\n${tables.join('\n')}`;
}

function exampleOf(name: string, setting: Setting): string {
  const secret = setting.kind === 'secret' ? ` Secret, or ${name}_FILE.` : '';
  return `# ${setting.about}${secret}\n#${name}=${setting.default ?? setting.example ?? ''}\n`;
}

function rowOf(name: string, setting: Setting): string {
  const names = setting.kind === 'secret' ? `\`${name}\`, \`${name}_FILE\` (secret)` : `\`${name}\``;
  const about = setting.about + (setting.example ? ` Example: \`${setting.example}\`` : '');
  return `| ${names} | ${about} | ${setting.default ? `\`${setting.default}\`` : ''} |`;
}
