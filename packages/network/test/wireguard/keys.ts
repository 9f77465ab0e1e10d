/** Public keys of the documentation: nobody has the private ones. */
export const [GATEWAY, TRANSIT, OFFICE, LAPTOP, PHONE] = ['g', 't', 'o', 'l', 'p'].map(letter => `${letter.repeat(42)}A=`) as [
  string,
  string,
  string,
  string,
  string,
];
