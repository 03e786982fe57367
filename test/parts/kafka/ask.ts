import type { Admin, AdminOptions } from '@platformatic/kafka';

/** Asks a cluster of a test something with an admin client of its own, and closes it. */
export async function askKafka<T>(
  bootstrapBrokers: string[],
  ask: (admin: Admin) => Promise<T>,
  options: Partial<AdminOptions> = {},
): Promise<T> {
  const { Admin } = await import('@platformatic/kafka');
  const admin = new Admin({ clientId: 'test', bootstrapBrokers, retries: 0, timeout: 2000, ...options });
  try {
    return await ask(admin);
  } finally {
    await admin.close();
  }
}
