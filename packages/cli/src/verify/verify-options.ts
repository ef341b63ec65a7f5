/** The options of `verify`, as commander hands them over. */
export interface VerifyOptions {
  readonly from?: number;
  readonly to?: number;
  readonly trainers?: number;
  readonly attackers?: number;
  readonly twin?: boolean;
  readonly out: string;
  readonly json?: boolean;
}
