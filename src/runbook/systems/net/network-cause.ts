import { causesOf } from '../../../kit/outbound-failure.ts';

/** Why a connection did not come about, by the codes that Node gives; the names are the same in every network step. */
const causes: Record<string, string> = {
  ENOTFOUND: 'name-does-not-resolve',
  EAI_AGAIN: 'resolver-silent',
  ECONNREFUSED: 'port-refused',
  ECONNRESET: 'connection-reset',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'port-silent',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'tls-silent',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-ca-unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-chain-incomplete',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-chain-incomplete',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-chain-incomplete',
};

/**
 * The stable name of what an error says about the other side; undefined when its codes say nothing certain. Of several tries, one
 * without a route counts last: many hosts have no IPv6.
 */
export function networkCause(error: unknown): string | undefined {
  const codes = causesOf(error).map((one) => String((one as { code?: unknown }).code));
  const found = codes.flatMap((code) => causes[code] ?? []);
  return found.find((cause) => cause !== 'host-unreachable') ?? found[0];
}
