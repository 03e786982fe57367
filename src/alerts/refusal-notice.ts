import type { Language } from '../incident/words.ts';

/** A delivery that came with a valid credential, could not be understood, and will not be sent again by Alertmanager. */
export type RefusedDelivery = { status: 400 | 413; why: string; sender: string; at: number };

const hourMs = 3_600_000;

/**
 * Passes on one notice per sender and hour, so that a broken sender is heard of and does not flood the operators' channel.
 * Remembers at most 1,000 senders.
 */
export function oncePerSenderAndHour(
  tell: (refused: RefusedDelivery) => void,
): (refused: RefusedDelivery) => void {
  const told = new Map<string, number>();
  return (refused) => {
    const last = told.get(refused.sender);
    if (last !== undefined && refused.at - last < hourMs) return;
    told.delete(refused.sender);
    told.set(refused.sender, refused.at);
    if (told.size > 1000) told.delete(told.keys().next().value!);
    tell(refused);
  };
}

const en = {
  refused: (sender: string, status: number, why: string) =>
    `An alert delivery from ${sender} was refused with HTTP ${status}: ${why}. Alertmanager will not send it again, so these alerts may be missing. Check the receiver's configuration. (Told once per sender and hour.)`,
};
type Messages = typeof en;
const ko: Messages = {
  refused: (sender, status, why) =>
    `${sender}에서 보낸 알림을 HTTP ${status}로 거부했습니다: ${why}. Alertmanager는 이 알림을 다시 보내지 않으므로 누락된 알림이 있을 수 있습니다. 리시버 설정을 확인해 주세요. (발신자별로 한 시간에 한 번만 알려 드립니다.)`,
};

/** The sentence for the operators' channel; plain text, not escaped for any place. */
export function refusalText(refused: RefusedDelivery, language: Language): string {
  return { en, ko }[language].refused(refused.sender, refused.status, refused.why);
}
