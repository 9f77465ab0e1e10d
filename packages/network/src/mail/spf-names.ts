/** The part of DNS that an SPF record is judged with. An answer that is undefined is not known; an empty one means that there is none. */
export interface SpfNames {
  /** Texts of the TXT records of a name. */
  txt(name: string): readonly string[] | undefined;
  addresses(name: string, family: 4 | 6): readonly string[] | undefined;
  /** Names of the mail exchangers of a domain. */
  exchangers(name: string): readonly string[] | undefined;
  /** Look-ups that the record of a name is said to need, where the record itself is not known. */
  stated(name: string): number | undefined;
}
