import { httpTlsDns } from './http-tls-dns.ts';
import { prove } from './prove.ts';

prove(httpTlsDns);
