import { beritaAcaraGangguan } from './berita-acara-gangguan.ts';
import { beritaAcaraPemulihan } from './berita-acara-pemulihan.ts';
import { beritaAcaraUjiPemulihan } from './berita-acara-uji-pemulihan.ts';
import type { Letter } from '../letter.ts';
import { pemberitahuanInsiden } from './pemberitahuan-insiden.ts';
import { suratPemberitahuan } from './surat-pemberitahuan.ts';
import { suratTeguran } from './surat-teguran.ts';

/** Every kind of letter and record that can be drafted, in the order of the help text. */
export const letters: readonly Letter[] = [
  suratPemberitahuan,
  suratTeguran,
  pemberitahuanInsiden,
  beritaAcaraGangguan,
  beritaAcaraPemulihan,
  beritaAcaraUjiPemulihan,
];
